alter table roles
  -- People who hold the role need a second factor at once.
  add column requires_mfa boolean not null default false,
  add column cloned_from uuid,
  add foreign key (tenant_id, cloned_from) references roles (tenant_id, id) on delete set null (cloned_from);
create index roles_cloned_from on roles (tenant_id, cloned_from);

-- What one person may not do, whatever roles they hold.
create table denies (
  tenant_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  patterns text[] not null check (cardinality(patterns) > 0),
  valid_until timestamptz,
  reason text not null,
  denied_by uuid not null,
  revoked_at timestamptz,
  revoked_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, subject_id) references members (tenant_id, id) on delete cascade
);
comment on table denies is '@platform: those of a person are lifted when the ownership comes to them';
create index denies_subject on denies (tenant_id, subject_id) where revoked_at is null;

-- The most that any role may hold in the tenant; no row, no boundary.
create table permission_boundaries (
  tenant_id uuid not null,
  patterns text[] not null check (cardinality(patterns) > 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id)
);
