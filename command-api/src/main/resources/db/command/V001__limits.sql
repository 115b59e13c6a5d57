-- Shared counters of the rate limits: how much of a window or day was handed out to the instances
-- as leased blocks. Rows of past windows are deleted; losing the table costs nothing but a window.
create table ops_command.limit_window (
    subject      text not null,
    window_start timestamptz not null,
    window_end   timestamptz not null,
    leased       bigint not null check (leased >= 0),
    primary key (subject, window_start)
);
comment on table ops_command.limit_window is 'leased blocks of fixed windows; fed by command-api';
comment on column ops_command.limit_window.subject is 'kind and hash of the counted one: no address, no key';
comment on column ops_command.limit_window.leased is 'requests handed out to instances so far';
create index limit_window_end on ops_command.limit_window (window_end);
