-- How route servers are reached. The private key is made here, opens nothing but the forced command, and never leaves.
create table exchange_route_server_access (
  tenant_id uuid not null,
  id uuid not null,
  route_server_id uuid not null,
  host text not null,
  port integer not null check (port between 1 and 65535),
  user_name text not null check (user_name ~ '^[a-z_][a-z0-9_-]{0,31}$'),
  -- Kind and key in base64; recorded by a person, never learnt from the network.
  host_key text not null,
  public_key text not null,
  private_key_sealed text not null,
  state text not null check (state in ('unknown', 'ready', 'unreachable', 'blocked')),
  problem_code text,
  detail text,
  bird_version text,
  -- What BIRD said that it has, and what the server will begin with.
  loaded_generation bigint,
  current_generation bigint,
  checked_at timestamptz,
  ready_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade
);
create unique index exchange_route_server_access_server on exchange_route_server_access (tenant_id, route_server_id);
