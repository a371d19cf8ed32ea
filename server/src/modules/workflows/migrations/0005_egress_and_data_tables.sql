-- What a tenant has opened for its own workflows: networks that are not on the internet, and ports beside the web's.
create table egress_exceptions (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('cidr', 'host')),
  value text not null,
  ports integer[] not null default '{}',
  reason text not null,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, kind, value)
);

-- Tables of tenants, with columns that have types; their rows are JSON that was checked against them.
create table data_tables (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text,
  columns jsonb not null,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table data_rows (
  tenant_id uuid not null,
  id uuid not null,
  table_id uuid not null,
  -- What the key column holds, as text; null in tables that have none.
  key text,
  content jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, table_id) references data_tables (tenant_id, id) on delete cascade
);
create index data_rows_table on data_rows (tenant_id, table_id, id);
create unique index data_rows_key on data_rows (tenant_id, table_id, key) where key is not null;
