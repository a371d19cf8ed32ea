-- ZeroTier: who keeps the networks under the peering LANs, which networks those are, and which nodes are let onto them.
create table exchange_controllers (
  tenant_id uuid not null,
  id uuid not null,
  name text collate "C" not null,
  kind text not null check (kind in ('self_hosted_controller', 'central')),
  base_url text not null,
  -- Where the token comes from, as secret://NAME, and the one that is in use: it stays until another one has passed a preflight.
  token_reference text not null,
  token text,
  token_mark text,
  -- Of the node that the controller is; null until it was met, and with the hosted service. Another one later is an alarm.
  node_id text collate "C" check (node_id ~ '^[0-9a-f]{10}$'),
  software text,
  state text not null check (state in ('unknown', 'ready', 'blocked')),
  blocked_code text,
  detail text,
  remediation text,
  stages jsonb not null default '[]',
  findings jsonb not null default '[]',
  preflight_at timestamptz,
  ready_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index exchange_controllers_name on exchange_controllers (tenant_id, name);

create table exchange_networks (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  controller_id uuid not null,
  network_id text collate "C" not null check (network_id ~ '^[0-9a-f]{16}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id),
  foreign key (tenant_id, controller_id) references exchange_controllers (tenant_id, id)
);
create unique index exchange_networks_fabric on exchange_networks (tenant_id, fabric_id);
create unique index exchange_networks_network on exchange_networks (tenant_id, network_id);
create index exchange_networks_controller on exchange_networks (tenant_id, controller_id);

-- A controller knows a member by its node alone: one connection, one node.
create table exchange_members (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  fabric_id uuid not null,
  node_id text collate "C" not null check (node_id ~ '^[0-9a-f]{10}$'),
  authorized boolean not null,
  addresses text[] not null,
  revision bigint not null,
  observed_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references exchange_connections (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id)
);
create unique index exchange_members_connection on exchange_members (tenant_id, connection_id);
create unique index exchange_members_node on exchange_members (tenant_id, fabric_id, node_id);

-- How many addresses were made of an ASN on a fabric: none is made twice, whatever became of it. It outlives connections, not the fabric.
create table exchange_address_counters (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  asn bigint not null,
  last_sequence integer not null check (last_sequence between 1 and 9999),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id) on delete cascade
);
create unique index exchange_address_counters_asn on exchange_address_counters (tenant_id, fabric_id, asn);
