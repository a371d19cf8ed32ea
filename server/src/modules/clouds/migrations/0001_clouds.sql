create table cloud_connections (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('simulated', 'rfc2136', 'embedded-dns')),
  config jsonb not null,
  credential text,
  credential_hint text,
  credential_set_at timestamptz,
  environment text,
  status text not null,
  status_reason jsonb,
  identity text,
  sync_minutes integer not null default 5 check (sync_minutes between 1 and 60),
  last_sync_at timestamptz,
  last_pass jsonb,
  syncing_until timestamptz,
  refused_at timestamptz,
  probed_at timestamptz,
  circuit_until timestamptz,
  created_by text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index cloud_connections_name on cloud_connections (tenant_id, name);

create table cloud_catalogs (
  tenant_id uuid not null,
  id uuid not null,
  catalog jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references cloud_connections (tenant_id, id) on delete cascade
);

create table servers (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  external_id text,
  name text collate "C" not null,
  description text,
  status text not null,
  status_reason jsonb,
  region text not null,
  zone text,
  size text not null,
  image text not null,
  architecture text not null,
  vcpus integer not null,
  memory_mb integer not null,
  disk_gb integer not null,
  reserved_vcpus integer not null,
  public_ipv4 text,
  public_ipv6 text,
  environment text,
  labels jsonb not null,
  protected boolean not null,
  desired jsonb not null,
  observed jsonb,
  observed_at timestamptz,
  managed text not null check (managed in ('managed', 'imported')),
  monthly_amount integer not null,
  currency text not null,
  open_findings integer not null default 0,
  change_id uuid,
  change_number text,
  changed_at timestamptz,
  made_by uuid not null,
  missed_at timestamptz,
  purge_after timestamptz,
  purge_change uuid,
  deleted_at timestamptz,
  created_by text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references cloud_connections (tenant_id, id) on delete cascade
);
-- The living ones are listed, in four orders; each index carries a page of any size of table.
create index servers_by_age on servers (tenant_id, created_at desc, id desc) where deleted_at is null;
create index servers_by_name on servers (tenant_id, name, id) where deleted_at is null;
create index servers_by_status on servers (tenant_id, status, id) where deleted_at is null;
create index servers_by_cost on servers (tenant_id, monthly_amount, id) where deleted_at is null;
create index servers_by_connection on servers (tenant_id, connection_id);
create index servers_by_labels on servers using gin (labels jsonb_path_ops);
create unique index servers_living_name on servers (tenant_id, connection_id, name) where deleted_at is null;
create unique index servers_living_external on servers (tenant_id, connection_id, external_id) where deleted_at is null and external_id is not null;
create index servers_under_change on servers (tenant_id, change_id) where change_id is not null;
create index servers_made_by on servers (tenant_id, made_by);
create index servers_to_purge on servers (tenant_id, purge_after) where purge_after is not null;

create table provider_calls (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  server_id uuid,
  change_id uuid,
  method text not null,
  attempt integer not null,
  input_digest text not null,
  sequence_before bigint,
  outcome text not null check (outcome in ('intent', 'done', 'refused', 'ambiguous', 'found')),
  code text,
  external_id text,
  action text,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references cloud_connections (tenant_id, id) on delete cascade
);
create index provider_calls_connection on provider_calls (tenant_id, connection_id, created_at);
create index provider_calls_change on provider_calls (tenant_id, change_id, server_id, method);

create table drift_findings (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  server_id uuid,
  external_id text not null,
  name text not null,
  kind text not null,
  field text not null,
  before jsonb,
  after jsonb,
  cost_delta integer,
  currency text,
  status text not null check (status in ('open', 'ignored', 'adopted', 'forgotten', 'closed')),
  environment text,
  last_seen_at timestamptz not null,
  decided_by text,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references cloud_connections (tenant_id, id) on delete cascade,
  foreign key (tenant_id, server_id) references servers (tenant_id, id) on delete cascade
);
-- One standing finding per thing and field, however many passes see it.
create unique index drift_findings_standing on drift_findings (tenant_id, connection_id, external_id, kind, field) where status in ('open', 'ignored');
create index drift_findings_server on drift_findings (tenant_id, server_id);
create index drift_findings_recent on drift_findings (tenant_id, created_at desc, id desc);

create table server_quotas (
  tenant_id uuid not null,
  id uuid not null,
  servers integer not null,
  vcpus integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table cloud_validations (
  tenant_id uuid not null,
  id uuid not null,
  actor_id text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index cloud_validations_actor on cloud_validations (tenant_id, actor_id, created_at);

-- The simulated clouds' own state. No foreign key: like any outside system it goes on when a connection is forgotten.
create table simulated_clouds (
  tenant_id uuid not null,
  id uuid not null,
  control jsonb not null,
  world jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
