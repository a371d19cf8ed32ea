-- The node of a workflow's run that asked for the Change.
alter table changes add column via jsonb;
create index changes_via on changes (tenant_id, (via->>'executionId')) where via is not null;
