-- Files of audit entries that a job writes; kept for a while and downloaded in parts.
create table audit_exports (
  tenant_id uuid not null,
  id uuid not null,
  state text not null,
  format text not null,
  filters jsonb not null,
  -- Entries from this moment on are not in it, so that the same question has the same answer.
  cutoff timestamptz not null,
  filename text not null,
  requested_by text not null,
  requested_by_name text not null,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  percent integer not null default 0,
  sha256 text,
  manifest jsonb,
  problem text,
  ended_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index audit_exports_recent on audit_exports (tenant_id, created_at desc);

create table audit_export_parts (
  tenant_id uuid not null,
  export_id uuid not null,
  number integer not null,
  -- gzip (RFC 1952)
  data bytea not null,
  primary key (tenant_id, export_id, number),
  foreign key (tenant_id, export_id) references audit_exports (tenant_id, id) on delete cascade
);
alter table audit_export_parts alter column data set storage external;
