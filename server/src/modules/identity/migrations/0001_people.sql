-- Persons belong to no tenant. Only the platform role may look in here, so no query of a module can read a hash.
create schema auth;

create table auth.users (
  id uuid primary key,
  email text not null,
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  password_hash text,
  password_changed_at timestamptz,
  last_login_at timestamptz,
  last_tenant_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index users_email on auth.users (lower(email));

create table auth.sessions (
  id uuid primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references auth.users (id) on delete cascade,
  tenant_id uuid not null,
  kind text not null check (kind in ('cookie', 'bearer')),
  ip text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_expires_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text
);
create index sessions_user on auth.sessions (user_id, created_at);
create index sessions_tenant on auth.sessions (tenant_id, user_id);
create index sessions_expiry on auth.sessions (expires_at);

create table auth.api_keys (
  id uuid primary key,
  public_id text not null unique check (public_id ~ '^[a-z2-7]{16}$'),
  key_hash text not null check (key_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references auth.users (id) on delete cascade,
  tenant_id uuid not null,
  name text not null,
  -- Patterns that cap what the key may do; null leaves it at what its owner may.
  permissions text[],
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user on auth.api_keys (user_id, created_at);
create index api_keys_tenant on auth.api_keys (tenant_id, user_id);

-- Counters of tries, by address, network or both. Keys are hashes, so the table is no list of addresses.
create table auth.login_attempts (
  key text primary key,
  tries integer not null,
  window_started_at timestamptz not null,
  locked_until timestamptz,
  updated_at timestamptz not null
);
create index login_attempts_age on auth.login_attempts (updated_at);
