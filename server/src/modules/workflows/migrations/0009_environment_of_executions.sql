-- Scopes decide on an execution by the environment of what it runs, whatever the draft of its workflow says meanwhile.
alter table workflow_executions add column environment text;
update workflow_executions e set environment = v.settings ->> 'environment'
  from workflow_versions v where v.tenant_id = e.tenant_id and v.workflow_id = e.workflow_id and v.number = e.version and v.settings ->> 'environment' is not null;
update workflow_executions set environment = draft -> 'settings' ->> 'environment' where version is null and draft -> 'settings' ->> 'environment' is not null;
