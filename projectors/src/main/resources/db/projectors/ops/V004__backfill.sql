-- How the first rows of a generation are made.
alter table ops.projection
    add column backfill      text not null default 'streams' check (backfill in ('streams', 'bulk', 'handed-over')),
    add column backfill_from text not null default 'kafka' check (backfill_from in ('kafka', 'archive')),
    add column backfill_step text;
comment on column ops.projection.backfill is
    'streams: by its fold in Kafka Streams from the first event on. bulk: whole partitions are folded in memory and copied into its tables, fold and sink do not run yet; handed-over: that is done, they go on from there.';
comment on column ops.projection.backfill_from is 'Where a bulk backfill reads: the topics alone, or the archive as far as it goes and then the topics.';
comment on column ops.projection.backfill_step is 'What the bulk backfill does now, for people.';
