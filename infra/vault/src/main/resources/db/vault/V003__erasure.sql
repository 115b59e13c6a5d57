-- Whose data the keys seal, and what becomes of those who are to be forgotten. Ids only: these tables outlive the person's data.

create table link (
    purpose  text not null,
    subject  text not null,
    kid      text not null,
    primary key (purpose, subject, kid)
);
comment on table link is
    'Keys by what they seal something of: lead, submission, fact, receipt, session, visitor (site/id), and submitter: the visitor who sent it. One key may be of several';

create index link_by_kid on link (kid);

create table link_position (
    topic  text    not null,
    part   integer not null,
    next   bigint  not null,
    primary key (topic, part)
);
comment on table link_position is
    'How far the log was read for links and jobs; here, so that a restored vault goes on from where it was';

create table erase_job (
    lead_id       text        primary key,
    site_id       text        not null,
    cause         text        not null,
    actor         text        not null,
    requested_at  timestamptz not null,
    state         text        not null check (state in ('requested', 'forgotten', 'destroyed', 'done')),
    forgotten_at  timestamptz,
    destroyed_at  timestamptz,
    done_at       timestamptz,
    keys          integer
);
comment on table erase_job is
    'Leads that are to be forgotten: asked for, forgotten by the decider, keys destroyed, gone from every table';

create index erase_job_open on erase_job (state) where state <> 'done';

create table erase_step (
    lead_id  text        not null references erase_job,
    step     text        not null,
    changed  bigint      not null,
    at       timestamptz not null,
    primary key (lead_id, step)
);
comment on table erase_step is 'What was done after the keys were destroyed, by whom, and how many rows it changed';
