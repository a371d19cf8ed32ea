-- Drafts that were made from a goal: kept for 30 days, so that whoever asked can make a workflow of one without sending it back.
create table workflow_generations (
  tenant_id uuid not null,
  id uuid not null,
  actor_id uuid not null,
  goal text not null,
  name text not null,
  source text not null check (source in ('model', 'templates', 'rules')),
  model text,
  graph jsonb not null,
  settings jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index workflow_generations_age on workflow_generations (tenant_id, created_at);
