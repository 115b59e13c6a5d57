-- Sessions that came from other systems. What they were is on tracking.events.v1, under an id that
-- follows from the row: without this table a file that comes again is still counted once, only not
-- told to be a duplicate. No personal data: ids and hashes.
create table ops_command.session_import (
    site_id      text not null,
    external_id  text not null,
    content_hash text not null,
    kept         boolean not null default false,
    primary key (site_id, external_id)
);
comment on table ops_command.session_import is 'sessions imported, by their id in the other system; fed by command-api';
comment on column ops_command.session_import.content_hash is 'SHA-256 of the known fields: the same id with another one is refused';
comment on column ops_command.session_import.kept is 'whether the log has it for certain; false: its request ended in between, it comes again';

create table ops_command.session_import_count (
    site_id   text primary key,
    received  bigint not null,
    accepted  bigint not null,
    duplicate bigint not null,
    refused   bigint not null,
    check (received = accepted + duplicate + refused)
);
comment on table ops_command.session_import_count is 'rows of session imports since the first, in the transaction of the entries; fed by command-api';
