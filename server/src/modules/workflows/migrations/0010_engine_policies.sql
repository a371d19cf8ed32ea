-- Attempts at the whole of an execution (workflows.md 4.3): which one it is, and by whose wish it is made if not by the workflow's settings.
alter table workflow_executions add column attempt smallint not null default 1;
alter table workflow_executions add column retry jsonb;

-- Of an attempt at the whole that failed: it shows what was tried, and the place is run anew.
alter table node_executions add column superseded boolean not null default false;

-- What it undoes: one run of a node of another execution (workflows.md 9.9).
alter table workflow_executions add column undoes jsonb;
