-- Recordings of sessions are deleted, too: those who were forgotten before are taken up again for this one step.

update erase_job set state = 'destroyed', done_at = null where state = 'done';

comment on table erase_job is
    'Leads that are to be forgotten: asked for, forgotten by the decider, keys destroyed, gone from every table and from the recordings';
comment on table link is
    'Keys by what they seal something of: lead, submission, fact, receipt, session, visitor (site/id); submitter: the visitor who sent it; visit: the session it was sent from. One key may be of several';
