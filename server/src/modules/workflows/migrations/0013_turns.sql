-- Who uses a secret of which only so many may be in use at the same time: a node of an execution, until it is over or its process is gone.
create table workflow_turns (
  tenant_id uuid not null,
  id uuid not null,
  secret_id uuid not null,
  execution_id uuid not null,
  node_id uuid not null,
  path text not null,
  -- The process that runs it, and when it is over in any case.
  owner integer not null,
  until timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, secret_id, execution_id, node_id, path),
  foreign key (tenant_id, execution_id) references workflow_executions (tenant_id, id) on delete cascade
);
create index workflow_turns_execution on workflow_turns (tenant_id, execution_id);
