-- Windows of maintenance: what is taken out of service when, why, and how far that has come.
create table exchange_maintenance (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  kind text not null check (kind in ('rs_drain', 'fabric_cull')),
  reason text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('planned', 'draining', 'drained', 'active', 'ending', 'ended', 'cancelled', 'failed')),
  -- It is begun in the name of whoever planned it, who is looked at as they are then.
  planned_by uuid not null,
  planned_by_name text not null,
  -- The Change that it was agreed to by, and the one that began it.
  change_id uuid,
  begin_change uuid,
  asked_at timestamptz,
  began_at timestamptz,
  ended_at timestamptz,
  -- When the last session between members has expired.
  silent_at timestamptz,
  -- As what it ends: by itself, early by somebody, or since it could not be begun.
  outcome text not null default 'ended' check (outcome in ('ended', 'cancelled', 'failed')),
  reminded_at timestamptz,
  problem_code text,
  detail text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (ends_at > starts_at),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id) on delete cascade
);
create index exchange_maintenance_fabric on exchange_maintenance (tenant_id, fabric_id);
create index exchange_maintenance_current on exchange_maintenance (tenant_id, starts_at)
  where state in ('planned', 'draining', 'drained', 'active', 'ending');

-- Route servers that a window drains, each as far as it has come.
create table exchange_maintenance_servers (
  tenant_id uuid not null,
  id uuid not null,
  maintenance_id uuid not null,
  route_server_id uuid not null,
  -- Members are warned by graceful shutdown first; then their sessions are stopped.
  phase text not null check (phase in ('serving', 'warning', 'stopped')),
  warned_at timestamptz,
  stopped_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, maintenance_id, route_server_id),
  foreign key (tenant_id, maintenance_id) references exchange_maintenance (tenant_id, id) on delete cascade,
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade
);
create index exchange_maintenance_servers_server on exchange_maintenance_servers (tenant_id, route_server_id);
