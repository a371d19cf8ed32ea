create table policy_sets (
  tenant_id uuid not null,
  id uuid not null,
  -- metadata.name of its documents; it cannot be changed, since decisions and exemptions name rules by it.
  name text not null,
  description text not null default '',
  owner text,
  -- Slug of the team whose calls the set holds for; null for everybody's.
  team text,
  -- Number of the newest version; what If-Match is compared with.
  version integer not null default 1,
  -- The version in force; null when none is.
  active integer,
  -- A version on trial beside the active one: only looked at (shadow), or in force for a part of the people (percentage).
  candidate integer,
  trial text check (trial in ('shadow', 'percentage')),
  percent smallint check (percent between 1 and 99),
  trial_until timestamptz,
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((candidate is null) = (trial is null))
);
create unique index policy_sets_name on policy_sets (tenant_id, name) where retired_at is null;
comment on table policy_sets is '@platform: every tenant is given the set baseline';

create table policy_versions (
  tenant_id uuid not null,
  id uuid not null,
  set_id uuid not null,
  number integer not null,
  document text not null,
  hash text not null,
  message text not null,
  -- { kind, id, name, ownerId? } of whoever saved it.
  author jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, set_id, number),
  foreign key (tenant_id, set_id) references policy_sets (tenant_id, id)
);
comment on table policy_versions is '@platform: every tenant is given the set baseline';

-- Every time a version came into force, went on trial or was taken out: who, by which Change, in place of what.
create table policy_activations (
  tenant_id uuid not null,
  id uuid not null,
  set_id uuid not null,
  number integer,
  mode text not null check (mode in ('now', 'shadow', 'percentage', 'ended', 'retired')),
  percent smallint,
  until timestamptz,
  replaced integer,
  change_id uuid,
  by jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, set_id) references policy_sets (tenant_id, id)
);
create index policy_activations_set on policy_activations (tenant_id, set_id, created_at);

-- What was saved and what was put in force stays as it was; it goes with its tenant only.
create function policy_history_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the history of policies is not rewritten' using errcode = 'insufficient_privilege';
end $$;
create trigger policy_versions_stay before update on policy_versions for each row execute function policy_history_stays();
create trigger policy_activations_stay before update on policy_activations for each row execute function policy_history_stays();

create table policy_exemptions (
  tenant_id uuid not null,
  id uuid not null,
  -- Each `set/policy`.
  policies text[] not null check (cardinality(policies) > 0),
  -- Left out: everybody, whatever they act on.
  users text[],
  resources text[],
  reason text not null,
  valid_until timestamptz not null,
  change_id uuid,
  created_by jsonb not null,
  revoked_at timestamptz,
  revoked_by jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index policy_exemptions_open on policy_exemptions (tenant_id, valid_until) where revoked_at is null;

create table calendars (
  tenant_id uuid not null,
  id uuid not null,
  -- The name that documents use.
  name text not null,
  description text not null default '',
  timezone text not null default 'UTC',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table calendar_entries (
  tenant_id uuid not null,
  id uuid not null,
  calendar_id uuid not null,
  title text not null,
  note text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, calendar_id) references calendars (tenant_id, id) on delete cascade
);
create index calendar_entries_time on calendar_entries (tenant_id, calendar_id, ends_at);

-- What decisions rested on, for thirty days: to explain them, and to take them again under other rules.
create table policy_decisions (
  tenant_id uuid not null,
  id uuid not null,
  decision_id uuid not null,
  at timestamptz not null,
  operation text not null,
  risk text not null,
  actor_id text not null,
  -- How far it came: request, plan or apply.
  phase text not null,
  effect text not null,
  dry_run boolean not null,
  facts jsonb not null,
  ruling jsonb not null,
  primary key (tenant_id, id)
);
create index policy_decisions_of on policy_decisions (tenant_id, decision_id);

-- Where a version in shadow would have decided otherwise.
create table policy_shadow_differences (
  tenant_id uuid not null,
  id uuid not null,
  set_id uuid not null,
  number integer not null,
  decision_id uuid not null,
  at timestamptz not null,
  operation text not null,
  actor_id text not null,
  phase text not null,
  active jsonb not null,
  candidate jsonb not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, set_id) references policy_sets (tenant_id, id)
);
create index policy_shadow_differences_set on policy_shadow_differences (tenant_id, set_id, id);

-- Rate limits of policies: one row for each key and window.
create table policy_counters (
  tenant_id uuid not null,
  key text not null,
  window_start timestamptz not null,
  used integer not null,
  expires_at timestamptz not null,
  primary key (tenant_id, key, window_start)
);
create index policy_counters_expiry on policy_counters (tenant_id, expires_at);

-- Dry runs that a rule asked for, by what was tried: the latest of each.
create table policy_dry_runs (
  tenant_id uuid not null,
  actor_id text not null,
  operation text not null,
  input_hash text not null,
  at timestamptz not null,
  primary key (tenant_id, actor_id, operation, input_hash)
);
