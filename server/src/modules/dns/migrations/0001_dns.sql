create table dns_zones (
  tenant_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  -- The same while the zone is alive: keeps the connection from being deleted under it.
  held_connection_id uuid,
  provider text not null check (provider in ('embedded', 'rfc2136')),
  name text collate "C" not null,
  environment text,
  labels jsonb not null,
  state text not null,
  state_reason text,
  soa text,
  soa_ttl integer not null,
  serial bigint,
  default_ttl integer not null,
  protected boolean not null,
  nameservers jsonb not null,
  record_count integer not null default 0,
  revision integer not null default 0,
  change_id uuid,
  change_number text,
  sent boolean not null default false,
  created_by text not null,
  deleted_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint dns_zones_alive foreign key (tenant_id, held_connection_id) references cloud_connections (tenant_id, id)
);
create index dns_zones_connection on dns_zones (tenant_id, held_connection_id);
create index dns_zones_list on dns_zones (tenant_id, name, id) where deleted_at is null;
create index dns_zones_change on dns_zones (tenant_id, change_id) where change_id is not null;
create unique index dns_zones_name on dns_zones (tenant_id, connection_id, name) where deleted_at is null;
-- One name server answers for all tenants, so a name is there once. Who has it is nobody else's business.
create unique index dns_zones_embedded on dns_zones (name) where deleted_at is null and provider = 'embedded';

create table dns_records (
  tenant_id uuid not null,
  id uuid not null,
  zone_id uuid not null,
  name text not null,
  -- The name in canonical order (RFC 4034 6.1), and the place of the type after it.
  sort_key text collate "C" not null,
  type_rank integer not null,
  type text not null,
  ttl integer not null check (ttl >= 0),
  value text not null,
  comment text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, zone_id) references dns_zones (tenant_id, id)
);
create index dns_records_list on dns_records (tenant_id, zone_id, sort_key, type_rank, id);
create unique index dns_records_once on dns_records (tenant_id, zone_id, name, type, md5(value));

create table dns_zone_versions (
  tenant_id uuid not null,
  id uuid not null,
  zone_id uuid not null,
  revision integer not null,
  change_id uuid not null,
  operation text not null,
  actor jsonb not null,
  serial bigint not null,
  changes jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, zone_id) references dns_zones (tenant_id, id)
);
create unique index dns_zone_versions_order on dns_zone_versions (tenant_id, zone_id, revision);
create index dns_zone_versions_change on dns_zone_versions (tenant_id, change_id);

-- What the embedded name server answers with: its own state, as the zone files of any other server would be.
create table dns_served_zones (
  tenant_id uuid not null,
  id uuid not null,
  name text collate "C" not null,
  serial bigint not null,
  soa_ttl integer not null,
  sets jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table dns_served_zones is '@platform: one name server answers queries for the zones of all tenants';
create unique index dns_served_zones_name on dns_served_zones (name);
