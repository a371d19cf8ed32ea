create table roles (
  tenant_id uuid not null,
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{2,49}$'),
  name text not null,
  description text not null default '',
  level smallint not null check (level between 1 and 100),
  patterns text[] not null,
  max_risk text not null check (max_risk in ('read', 'write', 'high')),
  system boolean not null default false,
  assignable boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
comment on table roles is '@platform: the system roles are seeded with a tenant and follow the catalogue of permissions';

create table grants (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null default 'user' check (subject_kind in ('user')),
  subject_id uuid not null,
  role_id uuid not null,
  scope jsonb not null,
  valid_from timestamptz not null,
  valid_until timestamptz check (valid_until > valid_from),
  reason text not null,
  -- Null: given by the installation itself, with the tenant.
  granted_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, role_id) references roles (tenant_id, id),
  foreign key (tenant_id, subject_id) references members (tenant_id, id) on delete cascade
);
comment on table grants is '@platform: a person''s own roles in all their tenants, and the first grants of a new tenant';
create index grants_subject on grants (tenant_id, subject_id);
create index grants_role on grants (tenant_id, role_id);
create index grants_person on grants (subject_id) where revoked_at is null;
