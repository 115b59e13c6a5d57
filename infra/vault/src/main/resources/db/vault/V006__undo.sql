-- A wish can be withdrawn until it is carried out.

alter table erase_job drop constraint erase_job_state_check;
alter table erase_job add constraint erase_job_state_check
    check (state in ('requested', 'withdrawn', 'forgotten', 'destroyed', 'done'));
alter table erase_job add column at_once boolean not null default false;
alter table erase_job add column withdrawn_at timestamptz;

drop index erase_job_open;
create index erase_job_open on erase_job (state) where state not in ('done', 'withdrawn');

comment on table erase_job is
    'Leads and visitors (site/id) that are to be forgotten: asked for, withdrawn or forgotten, keys destroyed, gone from every table and from the recordings';
comment on column erase_job.at_once is 'does not wait for the time in which it can be withdrawn';
