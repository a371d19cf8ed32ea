-- Who does what alone, for a time. `token` grows with each holder; what is written names it, and is refused when a later one was here.
create table leases (
  name text primary key,
  owner uuid not null,
  token bigint not null,
  until timestamptz not null
);
comment on table leases is '@platform: of no tenant';
create index leases_until on leases (until);

-- What outside systems said, for a while. Unlogged: after a crash of the database they are asked again.
create unlogged table resource_cache (
  tenant_id uuid not null,
  key text not null,
  tag text not null,
  version bigint not null,
  -- Null while somebody asks for the first time.
  value jsonb,
  read_at timestamptz,
  fresh_until timestamptz,
  kept_until timestamptz not null,
  -- Who asks just now, since which version, and until when the others wait for it.
  filler uuid,
  filling_version bigint,
  filling_until timestamptz,
  primary key (tenant_id, key)
);
comment on table resource_cache is '@app(select, delete) @platform: what was cached is looked up beside the transaction of who reads it';
create index resource_cache_age on resource_cache (kept_until);

-- Raised when something is done to a resource: what was read before counts no longer, and what is being read just now is not kept.
create unlogged table resource_versions (
  tenant_id uuid not null,
  tag text not null,
  version bigint not null,
  at timestamptz not null,
  primary key (tenant_id, tag)
);
comment on table resource_versions is '@app(select, delete) @platform: see resource_cache';
create index resource_versions_age on resource_versions (at);
