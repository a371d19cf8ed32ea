-- The trace that an execution is a part of, and the span of whoever began it; null where no traces are collected.
alter table workflow_executions add column trace_id text check (trace_id ~ '^[0-9a-f]{32}$');
alter table workflow_executions add column trace_parent text check (trace_parent ~ '^[0-9a-f]{16}$');
