-- Which log the rows and positions here are of. A restored log gives offsets behind the end of its archive again, to other
-- records: rows of the former log would pass for rows of the new one.
create table ops.log_epoch (
    only_one boolean primary key default true check (only_one),
    number   integer not null check (number > 0),
    since    timestamptz not null default now()
);
comment on table ops.log_epoch is 'The epoch of the log that everything in this database was made of; written once, by the first start.';

-- Whatever was made before there were epochs was made of the first one.
insert into ops.log_epoch (number)
select 1
where exists (select from ops.projection);

-- Whoever answers with positions tells the epoch along.
grant select on ops.log_epoch to headwater_query;
