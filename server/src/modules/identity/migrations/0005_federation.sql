-- Identities of people at other providers. Known by (issuer, subject), never by an address.
create table auth.oauth_accounts (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  -- `google`, `github`, …, or the id of a tenant's own provider.
  provider text not null,
  issuer text not null,
  subject text not null,
  email text,
  claims jsonb not null default '{}',
  linked_at timestamptz not null,
  last_used_at timestamptz not null,
  unique (issuer, subject),
  unique (user_id, issuer)
);
create index oauth_accounts_provider on auth.oauth_accounts (provider);

-- One way out to a provider and back, for ten minutes, in one browser.
create table auth.oauth_flows (
  state_hash text primary key check (state_hash ~ '^[0-9a-f]{64}$'),
  provider text not null,
  purpose text not null check (purpose in ('login', 'signup', 'link')),
  nonce text not null,
  verifier_sealed text not null,
  browser_hash text not null check (browser_hash ~ '^[0-9a-f]{64}$'),
  -- Who links, and in which session: it must still be there when they come back.
  user_id uuid references auth.users (id) on delete cascade,
  session_id uuid,
  return_to text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'link') = (user_id is not null and session_id is not null))
);
create index oauth_flows_user on auth.oauth_flows (user_id);
create index oauth_flows_expiry on auth.oauth_flows (expires_at);

-- What a provider proved, until the page that the browser came back to asks for the session: two minutes, once.
create table auth.oauth_codes (
  code_hash text primary key check (code_hash ~ '^[0-9a-f]{64}$'),
  user_id uuid not null references auth.users (id) on delete cascade,
  browser_hash text not null check (browser_hash ~ '^[0-9a-f]{64}$'),
  proof_sealed text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index oauth_codes_user on auth.oauth_codes (user_id);
create index oauth_codes_expiry on auth.oauth_codes (expires_at);

-- Networks that a person may speak for. Each source is replaced by itself.
create table auth.asn_rights (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  asn bigint not null check (asn between 1 and 4294967295),
  source text not null check (source in ('peeringdb', 'local')),
  state text not null default 'live' check (state in ('live', 'revoked')),
  net_id bigint,
  net_name text,
  perms integer,
  verified_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, asn, source)
);

-- A tenant's own identity providers.
create table identity_providers (
  tenant_id uuid not null,
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9-]{1,49}$'),
  name text not null,
  preset text not null check (preset in ('entra', 'okta', 'auth0', 'keycloak', 'google', 'generic')),
  enabled boolean not null default true,
  issuer text not null,
  client_id text not null,
  -- Null: a public client, or one that proves itself by PKCE alone.
  client_secret_sealed text,
  scopes text not null,
  audience text,
  prompt text,
  max_age integer check (max_age >= 0),
  acr_values text[] not null default '{}',
  groups_claim text not null default 'groups',
  role_mapping jsonb not null default '[]',
  jit_provisioning boolean not null default false,
  trust_mfa boolean not null default false,
  trust_email boolean not null default false,
  allowed_algorithms text[] not null,
  clock_skew_seconds integer not null default 60 check (clock_skew_seconds between 0 and 300),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
comment on table identity_providers is '@platform: sign-in finds a provider by its id before any tenant is known';
create unique index identity_providers_id on identity_providers (id);
