-- Peering LANs, the networks that meet on them and the addresses by which they do.
create table exchange_fabrics (
  tenant_id uuid not null,
  id uuid not null,
  slug text collate "C" not null,
  name text not null,
  description text,
  -- Of its route servers.
  rs_asn bigint not null check (rs_asn between 1 and 4294967294),
  ipv6_prefix cidr not null check (family(ipv6_prefix) = 6),
  ipv4_prefix cidr check (family(ipv4_prefix) = 4),
  -- How IPv4 routes are carried: not at all, over the IPv6 session (RFC 8950), or over a session of their own.
  ipv4_mode text not null check (ipv4_mode in ('none', 'rfc8950', 'native')),
  mtu integer not null check (mtu between 1280 and 9216),
  rpki_mode text not null check (rpki_mode in ('enforce', 'monitor')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (ipv4_mode <> 'native' or ipv4_prefix is not null)
);
create unique index exchange_fabrics_slug on exchange_fabrics (tenant_id, slug);
create unique index exchange_fabrics_ipv6 on exchange_fabrics (tenant_id, ipv6_prefix);

create table exchange_participants (
  tenant_id uuid not null,
  id uuid not null,
  asn bigint not null check (asn between 1 and 4294967294),
  name text not null,
  as_set text,
  -- As the network announces them (PeeringDB); nothing when it does not say.
  max_prefixes_v4 integer,
  max_prefixes_v6 integer,
  noc_email text,
  policy_url text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index exchange_participants_asn on exchange_participants (tenant_id, asn);

create table exchange_connections (
  tenant_id uuid not null,
  id uuid not null,
  fabric_id uuid not null,
  participant_id uuid not null,
  -- Six hexadecimal digits or more; part of the names on route servers, so it never changes.
  tag text collate "C" not null,
  address_v6 inet not null check (family(address_v6) = 6),
  address_v4 inet check (family(address_v4) = 4),
  state text not null check (state in ('active', 'suspended')),
  -- The member must say that it is a client of a route server (RFC 9234).
  role_strict boolean not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id),
  foreign key (tenant_id, participant_id) references exchange_participants (tenant_id, id)
);
create unique index exchange_connections_tag on exchange_connections (tenant_id, fabric_id, tag);
create unique index exchange_connections_v6 on exchange_connections (tenant_id, fabric_id, address_v6);
create unique index exchange_connections_v4 on exchange_connections (tenant_id, fabric_id, address_v4) where address_v4 is not null;
create index exchange_connections_participant on exchange_connections (tenant_id, participant_id);
