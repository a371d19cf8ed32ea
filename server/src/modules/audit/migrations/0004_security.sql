-- What points at an attack or a slip, raised by rules over the trail, the trails of persons and announcements.
create table security_events (
  tenant_id uuid not null,
  id uuid not null,
  rule text not null,
  severity text not null,
  state text not null,
  -- What the sightings have in common: a person, an address, a thing.
  group_key text not null,
  actor_id text,
  actor_name text,
  ip text,
  facts jsonb not null default '{}',
  count integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- What the rule did beside raising it.
  action text not null,
  note text,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table security_events is '@platform(select, insert, update, delete): raised by the sealer across tenants';
-- One that is open takes further sightings of its kind in.
create unique index security_events_open on security_events (tenant_id, rule, group_key) where state in ('new', 'acknowledged', 'investigating');
create index security_events_recent on security_events (tenant_id, last_at desc, id desc);

-- Which entry, line or announcement was counted for which rule, so that none is counted twice.
create table security_sightings (
  tenant_id uuid not null,
  source_id uuid not null,
  rule text not null,
  at timestamptz not null,
  primary key (tenant_id, source_id, rule)
);
comment on table security_sightings is '@platform(select, insert, delete): written by the sealer across tenants';
create index security_sightings_age on security_sightings (at);

-- Rules as a tenant wants them; what is not set is as delivered.
create table security_rules (
  tenant_id uuid not null,
  id uuid not null,
  rule text not null,
  enabled boolean not null,
  count integer not null,
  window_seconds integer not null,
  severity text not null,
  action text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, rule)
);
comment on table security_rules is '@platform(select): read by the sealer across tenants';
