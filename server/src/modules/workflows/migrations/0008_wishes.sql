-- What whoever began an execution wishes to hear of its end.
alter table workflow_executions add column wishes jsonb;
