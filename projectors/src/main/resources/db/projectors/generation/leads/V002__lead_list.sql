-- What the lead list filters and sorts by beyond its time order, spelled as the queries ask.
-- pg_trgm is a trusted extension: the owner of the database may create it.
create extension if not exists pg_trgm with schema public;

create index leads_email_lower on leads (lower(email));
create index leads_project on leads (lower(project_name), created_at desc, lead_id desc);
create index leads_campaign on leads (lower(utm_campaign), created_at desc, lead_id desc);
create index leads_country on leads (lower(country), created_at desc, lead_id desc);
-- A source can be named in three ways; the rare ones are looked up in all three.
create index leads_source on leads (lower(source), created_at desc, lead_id desc);
create index leads_lead_source on leads (lower(lead_source));
create index leads_source_id on leads (lower(source_id));
create index leads_phone_ending on leads (reverse(regexp_replace(phone, '[^0-9]', '', 'g')) text_pattern_ops);
create index leads_searched on leads using gin (
    lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))
    public.gin_trgm_ops);
create index leads_engagement on leads (coalesce(engagement_score, -1) desc, lead_id desc);
create index leads_last_submitted on leads (last_submitted_at desc, lead_id desc);
create index leads_status on leads (status, created_at desc, lead_id desc);
create index leads_status_since on leads (status_since desc, lead_id desc);
create index leads_assignee on leads (assignee, created_at desc, lead_id desc);
create index leads_team on leads (team, created_at desc, lead_id desc);
create index leads_suspicion on leads (coalesce(suspicion_score, -1) desc, lead_id desc);
-- Few are merged; the lead that stands for them asks for them.
create index leads_merged_into on leads (merged_into) where merged_into is not null;
create index leads_crm_ids on leads using gin (jsonb_path_query_array(crm_ids, '$.*'));
create index leads_visitor on leads (visitor_id);
create index submissions_duplicate_of on submissions (duplicate_of) where duplicate_of is not null;
create index submissions_duplicate_source on submissions (duplicate_source_id, received_at desc, submission_id desc) where duplicate_source_id is not null;
