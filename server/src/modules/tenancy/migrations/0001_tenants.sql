create table auth.tenants (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$'),
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index tenants_created_by on auth.tenants (created_by);

create table auth.memberships (
  tenant_id uuid not null references auth.tenants (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_user on auth.memberships (user_id);

-- A session or key is a person's within one tenant: it ends with the membership.
alter table auth.sessions add constraint sessions_membership foreign key (tenant_id, user_id) references auth.memberships (tenant_id, user_id) on delete cascade;
alter table auth.api_keys add constraint api_keys_membership foreign key (tenant_id, user_id) references auth.memberships (tenant_id, user_id) on delete cascade;

-- What a tenant sees of its people: `id` is the person's. Kept in step with auth.memberships in the same transaction.
create table members (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  joined_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table members is '@platform: written together with the membership, when a person joins';
create index members_by_name on members (tenant_id, name, id);
