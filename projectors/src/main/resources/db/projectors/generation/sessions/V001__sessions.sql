create table sessions (
    session_id         text not null,
    visitor_id         text,
    device_id          text,
    fingerprint_id     text,
    site_id            text not null,
    entry_page         text,
    exit_page          text,
    referrer           text,
    utm_source         text,
    utm_medium         text,
    utm_campaign       text,
    utm_term           text,
    utm_content        text,
    device_type        text not null,
    platform           text,
    browser            text,
    language           text,
    country            text,
    started_at         timestamptz not null,
    last_event_at      timestamptz not null,
    ended_at           timestamptz,
    event_count        integer not null,
    page_views         integer not null,
    clicks             integer not null,
    max_scroll_percent double precision not null,
    duration_seconds   bigint not null,
    return_visits      integer not null,
    engagement_score   integer not null,
    engagement_label   text not null,
    imported           boolean not null default false,
    external_id        text,
    src_partition      integer not null,
    src_offset         bigint not null,
    primary key (session_id)
) with (fillfactor = 80);
create index on sessions (started_at desc, session_id desc);
create index on sessions (visitor_id, started_at desc);
create index on sessions (external_id, site_id) where external_id is not null;
comment on table sessions is
    'One visit. Closed is a predicate at reading time: ended_at is set or 30 minutes passed since last_event_at. From tracking.events.v1: SessionStarted, EventsTracked, SessionEnded, SessionImported.';
