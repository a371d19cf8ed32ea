-- Who answers for a tenant's models. `api_key` is a reference such as secret://OPENAI_API_KEY, never a key. `confidential`: may be sent
-- content that is confidential. `script`: what the kind `mock` answers.
create table ai_providers (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('openai', 'anthropic', 'google', 'azure', 'cohere', 'compatible', 'mock')),
  label text not null,
  base_url text,
  region text,
  api_key text check (api_key like 'secret://%'),
  enabled boolean not null default true,
  confidential boolean not null default false,
  timeout_seconds integer not null default 120 check (timeout_seconds between 1 and 600),
  script jsonb,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

-- What a tenant says of models otherwise than the catalogue in code, and models that the catalogue does not know. Prices in millionths of a
-- US dollar for a million tokens.
create table ai_models (
  tenant_id uuid not null,
  id uuid not null,
  provider_id uuid not null,
  model text not null,
  kind text not null check (kind in ('chat', 'embedding')),
  label text not null,
  context integer,
  input_price bigint,
  output_price bigint,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, provider_id) references ai_providers (tenant_id, id) on delete cascade,
  unique (tenant_id, provider_id, model)
);

-- One row for a tenant: the model of each purpose, and what is forbidden. No regions: all of them.
create table ai_settings (
  tenant_id uuid not null,
  id uuid not null,
  defaults jsonb not null default '{}',
  forbidden_kinds text[] not null default '{}',
  regions text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id)
);

-- What may be spent. `tokens` and `cost` (millionths of a US dollar) are each a bound of its own; null is none.
create table ai_budgets (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid,
  period text not null check (period in ('day', 'month')),
  tokens bigint check (tokens >= 0),
  cost bigint check (cost >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, workflow_id, period)
);

-- What was spent, by day (UTC). Rows outlive the workflows that they name.
create table ai_usage (
  tenant_id uuid not null,
  id uuid not null,
  day date not null,
  model text not null,
  purpose text not null,
  workflow_id uuid,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost bigint not null default 0,
  calls integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, day, model, purpose, workflow_id)
);
create index ai_usage_day on ai_usage (day);
comment on table ai_usage is '@platform(select): what all tenants together use in a day may have a bound';

-- The most that calls under way can spend. One of a process that died lapses by its time.
create table ai_reservations (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid,
  tokens bigint not null,
  cost bigint not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index ai_reservations_age on ai_reservations (tenant_id, expires_at);
comment on table ai_reservations is '@platform(select): see ai_usage';
