create table traffic_15m (
    site_id       text not null,
    bucket        timestamptz not null,
    source        text not null,
    campaign      text not null,
    country       text not null,
    device        text not null,
    sessions      bigint not null,
    events        bigint not null,
    page_views    bigint not null,
    clicks        bigint not null,
    src_partition integer not null,
    src_offset    bigint not null,
    primary key (site_id, bucket, source, campaign, country, device)
) with (fillfactor = 80);
create index on traffic_15m (bucket);
comment on table traffic_15m is
    'Traffic in 15 minutes of receipt, by the session''s dimensions; purely additive. sessions counts each once, at its first record, whatever that is. From tracking.events.v1: SessionStarted, EventsTracked, SessionEnded.';

create table page_views_15m (
    site_id         text not null,
    bucket          timestamptz not null,
    page            text not null,
    views           bigint not null,
    unique_sessions bigint not null,
    src_partition   integer not null,
    src_offset      bigint not null,
    primary key (site_id, bucket, page)
) with (fillfactor = 80);
create index on page_views_15m (bucket);
comment on table page_views_15m is
    'Page views in 15 minutes of receipt; purely additive. From tracking.events.v1: EventsTracked.';
