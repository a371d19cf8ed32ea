-- What triggers remember: calls and events that were seen already, due times of schedules, and events that are to start something.

create table workflow_marks (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  purpose text not null,
  -- Keyed digest; what callers send as a key is nobody's to read.
  key text not null,
  execution_id uuid,
  -- The first answer, for whoever calls again with the same key.
  response jsonb,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, purpose, key),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create index workflow_marks_expiry on workflow_marks (tenant_id, expires_at);

create table workflow_dues (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  -- Without a foreign key: triggers go with their version, what was due stays on record.
  trigger_id uuid not null,
  due_at timestamptz not null,
  -- The due time with its jitter.
  start_at timestamptz not null,
  state text not null check (state in ('waiting', 'queued', 'started', 'skipped', 'missed', 'failed')),
  reason text,
  execution_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, trigger_id, due_at),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
comment on table workflow_dues is '@platform: due times are made and started across tenants';
create index workflow_dues_open on workflow_dues (start_at) where state in ('waiting', 'queued');
create index workflow_dues_trigger on workflow_dues (tenant_id, trigger_id, due_at desc);

create table workflow_event_starts (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  trigger_id uuid not null,
  event_id uuid not null,
  event jsonb not null,
  -- How many executions led to the event, and the workflow of the last of them; known when it starts.
  depth integer not null default 0,
  cause_workflow_id uuid,
  state text not null check (state in ('waiting', 'started', 'filtered', 'merged', 'stopped', 'failed')),
  reason text,
  due_at timestamptz not null,
  attempts integer not null default 0,
  execution_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, trigger_id, event_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
comment on table workflow_event_starts is '@platform: made when events of all tenants are dispatched';
create index workflow_event_starts_open on workflow_event_starts (due_at) where state = 'waiting';
create index workflow_event_starts_workflow on workflow_event_starts (tenant_id, workflow_id, created_at desc);

create table workflow_hook_tests (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  node_id uuid not null,
  token_hash text not null unique,
  until timestamptz not null,
  received jsonb,
  received_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
comment on table workflow_hook_tests is '@platform(select): whose a token is is asked across tenants';
create index workflow_hook_tests_workflow on workflow_hook_tests (tenant_id, workflow_id);
