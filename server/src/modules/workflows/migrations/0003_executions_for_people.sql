-- What a dry run found that a workflow would do; the execution that found it is a dry run of its own.
create table workflow_plans (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  -- Null: of the draft.
  version integer,
  inputs jsonb not null,
  options jsonb not null,
  execution_id uuid not null,
  requested_by jsonb not null,
  requested_by_id text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade,
  foreign key (tenant_id, execution_id) references workflow_executions (tenant_id, id) on delete cascade
);
create index workflow_plans_workflow on workflow_plans (tenant_id, workflow_id, id);
create index workflow_plans_execution on workflow_plans (tenant_id, execution_id);
create index workflow_plans_expiry on workflow_plans (tenant_id, expires_at);

-- How far what an execution changed is undone; the row has the id of the execution.
create table execution_rollbacks (
  tenant_id uuid not null,
  id uuid not null,
  state text not null check (state in ('pending', 'running', 'done', 'partial')),
  -- The Change that undoes.
  change_id uuid,
  undone jsonb not null default '[]',
  stays jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references workflow_executions (tenant_id, id) on delete cascade
);

-- Single-use tickets for live streams, for those who can send no header: SHA-256 of each, for 30 s.
create table stream_tickets (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  hash text not null,
  actor jsonb not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, hash),
  foreign key (tenant_id, execution_id) references workflow_executions (tenant_id, id) on delete cascade
);
create index stream_tickets_execution on stream_tickets (tenant_id, execution_id);
create index stream_tickets_expiry on stream_tickets (tenant_id, expires_at);

-- Executions that are no longer kept, by day of their end: figures outlive what they count.
create table execution_tallies (
  tenant_id uuid not null,
  workflow_id uuid not null,
  day date not null,
  status text not null,
  trigger_kind text not null,
  executions integer not null default 0,
  active_ms bigint not null default 0,
  primary key (tenant_id, workflow_id, day, status, trigger_kind),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
