-- Programs that may ask people for access. Those that register themselves belong to no tenant; those that an administrator enters to one.
create table auth.oauth_clients (
  id uuid primary key,
  tenant_id uuid,
  -- `swc_…`, or the https address of the program's own metadata document.
  client_id text not null,
  name text not null,
  client_uri text,
  redirect_uris text[] not null,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null,
  used_at timestamptz
);
create unique index oauth_clients_client on auth.oauth_clients (client_id, coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'));
create index oauth_clients_tenant on auth.oauth_clients (tenant_id);
create index oauth_clients_created_by on auth.oauth_clients (created_by);

-- Requests that wait for a person in front of a browser; only a hash of what names them there.
create table auth.oauth_requests (
  id uuid primary key,
  hash text not null unique,
  client_id text not null,
  client_name text not null,
  client_kind text not null check (client_kind in ('listed', 'document', 'dynamic')),
  client_uri text,
  -- Tenant that the client was entered for; null when it may be used for all.
  client_tenant_id uuid,
  redirect_uri text not null,
  state text,
  challenge text not null,
  risk text not null check (risk in ('read', 'write', 'high')),
  -- Null when the person may choose the tenant.
  tenant_slug text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz
);
create index oauth_requests_expires on auth.oauth_requests (expires_at);

-- What a person has allowed a program to do for them in one tenant: a connected agent.
create table auth.oauth_grants (
  id uuid primary key,
  tenant_id uuid not null,
  user_id uuid not null references auth.users (id) on delete cascade,
  client_id text not null,
  client_name text not null,
  client_kind text not null check (client_kind in ('listed', 'document', 'dynamic')),
  client_host text not null,
  redirect_uri text not null,
  audience text not null,
  risk text not null check (risk in ('read', 'write', 'high')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_used_at timestamptz,
  last_used_ip text,
  proven_at timestamptz,
  revoked_at timestamptz
);
create unique index oauth_grants_one on auth.oauth_grants (tenant_id, user_id, client_id, audience) where revoked_at is null;
create index oauth_grants_user on auth.oauth_grants (user_id);

-- Codes live for a minute. A spent one is kept until it is over, so that its replay ends what it was exchanged for.
create table auth.oauth_grant_codes (
  id uuid primary key,
  grant_id uuid not null references auth.oauth_grants (id) on delete cascade,
  -- Of the tokens that it is exchanged for.
  family_id uuid not null,
  hash text not null unique,
  redirect_uri text not null,
  challenge text not null,
  risk text not null check (risk in ('read', 'write', 'high')),
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index oauth_grant_codes_grant on auth.oauth_grant_codes (grant_id);

create table auth.oauth_tokens (
  id uuid primary key,
  grant_id uuid not null references auth.oauth_grants (id) on delete cascade,
  -- All that came from one code: reuse of one of them ends them all.
  family_id uuid not null,
  kind text not null check (kind in ('access', 'refresh')),
  hash text not null unique,
  risk text not null check (risk in ('read', 'write', 'high')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index oauth_tokens_grant on auth.oauth_tokens (grant_id);
create index oauth_tokens_family on auth.oauth_tokens (family_id);
create index oauth_tokens_expires on auth.oauth_tokens (expires_at);
