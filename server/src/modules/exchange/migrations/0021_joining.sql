-- Networks that ask for a port on a peering LAN, and what became of it.
alter table exchange_fabrics
  -- Who may ask: whoever speaks for a network by outside proof, only who was let in by name, or nobody.
  add column access text not null default 'restricted' check (access in ('open', 'restricted', 'closed')),
  -- For laboratories: private AS numbers may join.
  add column allow_private_asns boolean not null default false;

create table exchange_join_requests (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  asn bigint not null check (asn between 1 and 4294967294),
  requester_id uuid not null,
  requester_name text not null,
  -- As it was when the request was made: who said that the requester speaks for the network, when, and what it is called there.
  right_source text not null check (right_source in ('peeringdb', 'local')),
  right_verified_at timestamptz not null,
  network_name text,
  node_id text collate "C" check (node_id ~ '^[0-9a-f]{10}$'),
  role_strict boolean not null,
  notes text,
  status text not null check (status in ('pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving', 'rejected', 'withdrawn', 'left')),
  -- Grows by one with each change of the status.
  status_seq integer not null default 1,
  status_at timestamptz not null,
  -- Why it was rejected or suspended.
  reason text,
  decided_by text,
  decided_at timestamptz,
  -- The Change that carries it out, or did so last.
  change_id uuid,
  -- While it has one.
  connection_id uuid,
  -- Kept when the connection is gone: who had which address, and when.
  address_v6 inet,
  address_v4 inet,
  provisioned_at timestamptz,
  failed_stage text check (failed_stage in ('gate', 'address', 'controller')),
  last_error jsonb,
  retry_count integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id) on delete cascade,
  foreign key (tenant_id, connection_id) references exchange_connections (tenant_id, id)
);
-- A controller knows a member by its node alone, so one node is of one request, whichever network asks.
create unique index exchange_join_requests_node on exchange_join_requests (tenant_id, fabric_id, node_id)
  where node_id is not null and status in ('pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving');
create unique index exchange_join_requests_asn on exchange_join_requests (tenant_id, fabric_id, asn)
  where node_id is null and status in ('pending', 'approved', 'provisioning', 'active', 'failed', 'suspended', 'leaving');
create unique index exchange_join_requests_connection on exchange_join_requests (tenant_id, connection_id) where connection_id is not null;
create index exchange_join_requests_requester on exchange_join_requests (tenant_id, requester_id);
create index exchange_join_requests_change on exchange_join_requests (tenant_id, change_id);
