-- Route servers of a peering LAN.
create table exchange_route_servers (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  handle text collate "C" not null,
  name text not null,
  address_v6 inet not null check (family(address_v6) = 6),
  address_v4 inet check (family(address_v4) = 4),
  router_id inet not null check (family(router_id) = 4),
  -- Validators that tell which origins are valid (RFC 8210): [{ host, port }].
  rtr_servers jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id)
);
create unique index exchange_route_servers_handle on exchange_route_servers (tenant_id, handle);
create unique index exchange_route_servers_v6 on exchange_route_servers (tenant_id, fabric_id, address_v6);
create unique index exchange_route_servers_router on exchange_route_servers (tenant_id, fabric_id, router_id);
