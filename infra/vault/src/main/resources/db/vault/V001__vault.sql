-- Keys, never what is sealed with them. Written and read by the role that owns this schema and by nobody else.

create table kek (
    kek_id      text primary key,
    seal        bytea       not null,
    state       text        not null check (state in ('primary', 'retired')),
    created_at  timestamptz not null default now(),
    retired_at  timestamptz
);
comment on table kek is
    'Key-encryption keys that wrapped something here, by the id they have in their keyset; the keys themselves are elsewhere';
comment on column kek.seal is 'a known value sealed with it: tells the right key from a wrong one of the same id';

create unique index kek_one_primary on kek (state) where state = 'primary';

create table data_key (
    kid         text primary key,
    wrapped     bytea,
    kek_id      text references kek,
    state       text        not null check (state in ('active', 'erased')),
    purpose     text,
    subject     text,
    created_at  timestamptz not null default now(),
    erased_at   timestamptz,
    check ((state = 'active') = (wrapped is not null)),
    check ((state = 'active') = (kek_id is not null)),
    check ((state = 'erased') = (erased_at is not null))
);
comment on table data_key is
    'Data keys, wrapped. An erased one keeps its row without key material: the fence that tells "erased" from "lost"';
comment on column data_key.subject is 'whose data it seals, with purpose; null: still in a pool, or lost from one';

create index data_key_by_kek on data_key (kek_id) where state = 'active';
create index data_key_by_subject on data_key (purpose, subject);

create table erasure (
    kid         text        not null,
    purpose     text,
    subject     text,
    at          timestamptz not null,
    primary key (kid, at)
);
comment on table erasure is 'Ledger: one line per key that was destroyed; lines are added and never changed';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger of erasures only grows';
end $$;

create trigger erasure_only_grows before update or delete or truncate on erasure
    for each statement execute function refuse_change();
