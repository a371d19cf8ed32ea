-- Accounts that an operator makes at the server, for people of one tenant: a name there, and the password of the person behind it.
create table auth.local_credentials (
  user_id uuid primary key references auth.users (id) on delete cascade,
  tenant_id uuid not null,
  username text not null check (username = lower(username) and username ~ '^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$'),
  -- The password alone: whoever has another way in keeps it.
  enabled boolean not null default true,
  last_login_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, username)
);

-- Fabrics of an Internet exchange that a person may ask for. No row means none; everything is written down as such.
create table auth.fabric_grants (
  id uuid primary key,
  tenant_id uuid not null,
  user_id uuid not null references auth.users (id) on delete cascade,
  -- Id of a fabric, or the six hex digits that its networks end in.
  fabric text check (fabric = lower(fabric)),
  all_fabrics boolean not null default false,
  source text not null default 'local' check (source in ('local')),
  created_at timestamptz not null,
  check (all_fabrics = (fabric is null))
);
create unique index fabric_grants_one on auth.fabric_grants (tenant_id, user_id, coalesce(fabric, '*'));
create index fabric_grants_user on auth.fabric_grants (user_id);

-- Taking second factors from somebody who has lost them: asked for by platform support, done a day later unless somebody objects.
create table auth.mfa_resets (
  user_id uuid primary key references auth.users (id) on delete cascade,
  requested_by text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null
);
