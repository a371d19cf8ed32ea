-- IPv4 addresses that a connection gave up: nobody is given one again before it has rested, so that what a peer still has configured for
-- its old owner does not meet a new one.
create table exchange_address_rests (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  address inet not null check (family(address) = 4),
  released_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id) on delete cascade
);
create unique index exchange_address_rests_one on exchange_address_rests (tenant_id, fabric_id, address);
