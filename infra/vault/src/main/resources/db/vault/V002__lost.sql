-- Keys that are gone with a vault that was lost after its newest backup.

create table lost (
    since    timestamptz not null,
    until    timestamptz not null,
    told_at  timestamptz not null default now(),
    primary key (since, until),
    check (since < until)
);
comment on table lost is
    'Times of which an operator said that keys made in them do not come back: what was sealed with one reads as erased. Lines are added and never changed';
