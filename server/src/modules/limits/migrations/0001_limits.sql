-- Quotas of a tenant's own, in the place of the defaults. A field that is null keeps its default.
create table limit_overrides (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('role', 'user', 'key', 'tenant')),
  -- Key of the role, id of the person or key; empty for the tenant itself.
  subject text not null,
  per_minute integer check (per_minute between 1 and 1000000),
  per_hour integer check (per_hour between 1 and 10000000),
  per_day integer check (per_day between 1 and 100000000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, kind, subject)
);
