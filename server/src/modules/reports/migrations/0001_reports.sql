-- Reports that were made: what was asked, what came out of it, signed. Kept for 400 days, and written anew by asking the same again.
create table reports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  format text not null check (format in ('json', 'csv', 'ndjson', 'pdf')),
  range_from timestamptz not null,
  range_to timestamptz not null,
  filters jsonb not null,
  -- Nothing that happened from this moment on is in it.
  cutoff timestamptz not null,
  -- Scopes of whoever asked: the report holds nothing outside of them, and is shown to nobody who reaches less.
  reach jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  filename text not null,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  sha256 text,
  manifest jsonb,
  problem text,
  requested_by text not null,
  requested_by_name text not null,
  ended_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index reports_expiry on reports (tenant_id, expires_at);

create table report_parts (
  tenant_id uuid not null,
  report_id uuid not null,
  number integer not null,
  -- gzip (RFC 1952)
  data bytea not null,
  primary key (tenant_id, report_id, number),
  foreign key (tenant_id, report_id) references reports (tenant_id, id) on delete cascade
);
alter table report_parts alter column data set storage external;
