create table webhooks (
    receipt_id    text not null,
    site_id       text,
    source_id     text,
    provider      text,
    channel       text not null,
    outcome       text not null,
    reason        text,
    status        integer,
    content_type  text,
    body_bytes    bigint not null,
    headers       jsonb not null default '{}',
    remote_ip     text,
    body          text,
    submission_ids text[] not null default '{}',
    received_at   timestamptz not null,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (receipt_id)
) with (fillfactor = 80);
create index on webhooks (received_at desc, receipt_id desc);
create index on webhooks (source_id, received_at desc, receipt_id desc);
create index on webhooks (provider, received_at desc, receipt_id desc);
create index on webhooks (outcome, received_at desc, receipt_id desc);
create index on webhooks (reason, received_at desc, receipt_id desc) where reason is not null;
create index on webhooks (status, received_at desc, receipt_id desc);
create index on webhooks using gin (submission_ids);
-- Words of the body. A document of this kind is at most 1 MB, so of a larger body its beginning is found.
create index webhooks_words on webhooks using gin (to_tsvector('simple', left(body, 100000)));
comment on table webhooks is
    'One delivery, secrets redacted; deleted 30 days after it came, as on its topic. From intake.webhooks.v1: WebhookReceived.';
