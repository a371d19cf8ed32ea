-- The tenant itself becomes a row of its own tenant: what an owner changes about it is then one transaction with its audit entry.
create table tenants (
  tenant_id uuid not null,
  id uuid not null check (id = tenant_id),
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$'),
  name text not null,
  type text not null default 'organization' check (type in ('personal', 'organization', 'exchange-member')),
  status text not null default 'active' check (status in ('active', 'trialing', 'past_due', 'read_only', 'suspended', 'deleting', 'deleted')),
  -- Where activation or a restore leads back to.
  previous_status text,
  suspended_reason text,
  region text not null default 'default',
  -- Key of the plan catalogue; what was asked for at creation waits in chosen_plan until somebody can pay for it.
  plan text not null default 'enterprise',
  chosen_plan text,
  trial_started_at timestamptz,
  trial_ends_at timestamptz,
  company jsonb not null default '{}',
  owner_id uuid,
  deletion_requested_at timestamptz,
  deletion_requested_by uuid,
  restorable_until timestamptz,
  version integer not null default 1,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint tenants_slug_key unique (slug),
  constraint tenants_tenant_key unique (tenant_id)
);
comment on table tenants is '@platform: sign-in, host names and the clock look across tenants';
create index tenants_created_by on tenants (created_by);
create index tenants_owner on tenants (owner_id);
create index tenants_waiting on tenants (status, restorable_until) where status in ('trialing', 'deleting');

insert into tenants (tenant_id, id, slug, name, status, created_by, created_at, updated_at, owner_id)
select id, id, slug, name, status, created_by, created_at, updated_at, created_by from auth.tenants;

alter table auth.memberships drop constraint memberships_tenant_id_fkey;
drop table auth.tenants;
alter table auth.memberships add constraint memberships_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;

-- A person is suspended where the tenant sees it: in members. The membership only says that there is one.
alter table auth.memberships drop column status;
alter table members
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column title text,
  add column invited_by uuid,
  -- The grant that a change of role replaces; the oldest one when it is not named.
  add column primary_grant_id uuid,
  -- Copies of what module identity knows of the person, so that lists can be filtered and sorted.
  add column mfa boolean not null default false,
  add column last_login_at timestamptz,
  add column avatar_url text,
  add constraint members_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
create index members_person on members (id);
create index members_by_joined on members (tenant_id, joined_at, id);
create index members_by_login on members (tenant_id, last_login_at, id);
comment on table members is '@platform: written together with the membership when a person joins, and by sign-in';

-- Every slug in use and every one given up: it leads on for 90 days and is free after 180.
create table tenant_slugs (
  tenant_id uuid not null,
  id uuid not null,
  slug text not null,
  given_up_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint tenant_slugs_key unique (slug),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
comment on table tenant_slugs is '@platform: host names are looked up before a tenant is known, and old names are swept';
insert into tenant_slugs (tenant_id, id, slug) select tenant_id, gen_random_uuid(), slug from tenants;

create table tenant_settings (
  tenant_id uuid not null,
  id uuid not null check (id = tenant_id),
  value jsonb not null default '{}',
  -- Since when a second factor is required; null while it is not.
  mfa_since timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
comment on table tenant_settings is '@platform: sign-in follows the rules of the tenant';
insert into tenant_settings (tenant_id, id) select tenant_id, tenant_id from tenants;

create table tenant_branding (
  tenant_id uuid not null,
  id uuid not null check (id = tenant_id),
  logo bytea check (octet_length(logo) <= 1048576),
  logo_type text,
  icon bytea check (octet_length(icon) <= 262144),
  icon_type text,
  primary_color text check (primary_color ~ '^#[0-9a-f]{6}$'),
  login_text text,
  mail_sender_name text,
  support_link text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
comment on table tenant_branding is '@platform: the sign-in page wears it before anybody is signed in';
insert into tenant_branding (tenant_id, id) select tenant_id, tenant_id from tenants;

create table tenant_domains (
  tenant_id uuid not null,
  id uuid not null,
  domain text not null,
  token text not null,
  state text not null default 'pending' check (state in ('pending', 'verified', 'live', 'stale')),
  verified_at timestamptz,
  -- Checks in a row that did not find the proof, since it was found last.
  misses integer not null default 0,
  checks integer not null default 0,
  last_checked_at timestamptz,
  next_check_at timestamptz not null,
  last_result jsonb,
  -- When a pending claim or a stale domain is removed.
  ends_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint tenant_domains_once unique (tenant_id, domain),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
comment on table tenant_domains is '@platform: proofs are looked at by the clock, host names before a tenant is known, and one tenant at most holds a name';
create unique index tenant_domains_held on tenant_domains (domain) where state in ('verified', 'live');
create index tenant_domains_due on tenant_domains (next_check_at);
create index tenant_domains_ends on tenant_domains (ends_at) where ends_at is not null;
create index tenant_domains_name on tenant_domains (domain);

create table tenant_transfers (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  state text not null default 'pending' check (state in ('pending', 'confirmed', 'superseded')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id) references tenants (tenant_id) on delete cascade
);
create unique index tenant_transfers_pending on tenant_transfers (tenant_id) where state = 'pending';

-- Attempts to cross from one tenant into another (platform.md 7.4). Of no tenant: whose rows were aimed at is told to nobody but the operator.
create table auth.rls_violations (
  id uuid primary key,
  detector text not null check (detector in ('D1', 'D2')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  session_tenant_id uuid not null,
  actor_id text not null,
  target_tenant_id uuid,
  table_name text not null,
  row_id uuid,
  operation text,
  surface text,
  request_id text,
  ip text,
  blocked boolean not null,
  occurred_at timestamptz not null
);
create index rls_violations_actor on auth.rls_violations (actor_id, occurred_at);
create index rls_violations_target on auth.rls_violations (target_tenant_id, occurred_at);
create index rls_violations_age on auth.rls_violations (occurred_at);
