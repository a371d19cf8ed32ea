alter table auth.api_keys
  -- What the key reaches at most, as a Scope; null leaves it at what its owner reaches.
  add column scope jsonb,
  -- Networks from which the key is good; empty for all.
  add column cidrs text[] not null default '{}',
  add column created_by uuid references auth.users (id) on delete set null,
  -- The key that this one takes the place of; that one lives on for the overlap.
  add column rotated_from uuid references auth.api_keys (id) on delete set null,
  add column last_used_ip text,
  add column version integer not null default 1;
create unique index api_keys_rotated_from on auth.api_keys (rotated_from);
create index api_keys_created_by on auth.api_keys (created_by);

-- A user without a password that belongs to one tenant; a person answers for it.
create table auth.service_accounts (
  id uuid primary key references auth.users (id) on delete cascade,
  tenant_id uuid not null,
  owner_id uuid references auth.users (id) on delete set null,
  name text not null,
  description text not null default '',
  created_by uuid references auth.users (id) on delete set null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index service_accounts_name on auth.service_accounts (tenant_id, lower(name));
create index service_accounts_owner on auth.service_accounts (owner_id);
create index service_accounts_created_by on auth.service_accounts (created_by);
