-- Workflows: one draft that is edited, versions that never change, and what starts the one that is active.
create table workflows (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  slug text not null,
  description text,
  icon text,
  tags text[] not null default '{}',
  folder text,
  status text not null check (status in ('draft', 'active', 'paused', 'archived')),
  draft jsonb not null,
  -- Rises with every edit of the draft or of its settings; callers name the one they have seen.
  revision integer not null default 1,
  settings jsonb not null,
  -- The newest number that was given out, and the one that triggers use.
  last_version integer not null default 0,
  active_version integer,
  -- Of the settings and of folder and tags: what Scopes and policies decide on.
  environment text,
  labels jsonb not null default '{}',
  -- On whose authority the active version runs: nobody's but the starter's when null.
  service_account_id uuid,
  -- Template that it was made from.
  template text,
  owner_id uuid not null,
  owner_name text not null,
  created_by jsonb not null,
  updated_by jsonb not null,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index workflows_slug on workflows (tenant_id, slug);
create index workflows_name on workflows (tenant_id, lower(name), id);
create index workflows_owner on workflows (tenant_id, owner_id);
create index workflows_service_account on workflows (tenant_id, service_account_id) where service_account_id is not null;
create index workflows_deleted on workflows (tenant_id, deleted_at) where deleted_at is not null;

-- What each revision changed, so that whoever was overtaken can rebase. The last hundreds are kept.
create table workflow_edits (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  revision integer not null,
  ops jsonb not null,
  author jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, revision),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);

-- Index of the draft's nodes: finds a node by its id, and workflows by the Operations they use.
create table workflow_nodes (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  key text not null,
  name text not null,
  type text not null,
  operation text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create index workflow_nodes_workflow on workflow_nodes (tenant_id, workflow_id);
create index workflow_nodes_operation on workflow_nodes (tenant_id, operation) where operation is not null;

create table node_connections (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  kind text not null,
  source uuid not null,
  source_port text not null,
  target uuid not null,
  target_port text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create index node_connections_workflow on node_connections (tenant_id, workflow_id);

create table workflow_versions (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  number integer not null,
  graph jsonb not null,
  settings jsonb not null,
  -- SHA-256 of what runs: without layout, notes and pinned data.
  hash text not null,
  note text,
  author jsonb not null,
  -- Service account that it runs as when the settings say so.
  service_account_id uuid,
  -- When it first became active; versions that never did are thinned out.
  published_at timestamptz,
  validation jsonb not null,
  test_result jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, number),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);

-- What starts the active version. Rows stay while their node does, so that addresses outlive a publish and a roll back.
create table workflow_triggers (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  -- Of the version that it is of.
  version integer not null,
  node_id uuid not null,
  kind text not null,
  -- The trigger's configuration as the version has it.
  config jsonb not null,
  config_hash text not null,
  -- `retired`: the active version has no such node any more; another may bring it back.
  state text not null check (state in ('active', 'paused', 'retired')),
  -- SHA-256 of the webhook's token, and of the one before it for as long as that is still taken.
  token_hash text,
  old_token_hash text,
  old_token_until timestamptz,
  -- Of a webhook: unique in the tenant among those that are not retired.
  path text,
  cron text,
  timezone text,
  next_run_at timestamptz,
  last_run_at timestamptz,
  event_types text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, workflow_id, node_id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create unique index workflow_triggers_path on workflow_triggers (tenant_id, path) where path is not null and state <> 'retired';
create index workflow_triggers_token on workflow_triggers (token_hash) where token_hash is not null;
create index workflow_triggers_old_token on workflow_triggers (old_token_hash) where old_token_hash is not null;
create index workflow_triggers_due on workflow_triggers (next_run_at) where next_run_at is not null and state = 'active';
create index workflow_triggers_kind on workflow_triggers (tenant_id, kind) where state = 'active';
comment on table workflow_triggers is '@platform(select, update): what is due, and whose a token is, is asked across tenants';

create table workflow_tests (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  name text not null,
  inputs jsonb not null,
  -- Outputs by node key, instead of running the node.
  mocks jsonb not null,
  assertions jsonb not null,
  enabled boolean not null default true,
  last_result jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
);
create unique index workflow_tests_name on workflow_tests (tenant_id, workflow_id, lower(name));

-- Templates of the tenant's own; those that ship with the product are files in the code.
create table workflow_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null,
  category text not null,
  icon text,
  tags text[] not null default '{}',
  graph jsonb not null,
  settings jsonb not null,
  created_by jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index workflow_templates_name on workflow_templates (tenant_id, lower(name));

-- How often templates were used here, shipped ones by their key and the tenant's own by their id.
create table workflow_template_uses (
  tenant_id uuid not null,
  template text not null,
  uses integer not null default 0,
  primary key (tenant_id, template)
);

create table node_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text,
  type text not null,
  type_version integer not null default 1,
  config jsonb not null,
  settings jsonb not null default '{}',
  created_by jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index node_templates_name on node_templates (tenant_id, lower(name));
