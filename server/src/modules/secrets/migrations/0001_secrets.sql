-- Secrets and environment variables: two kinds of one thing, so that a name stands for one value wherever it is looked up.
create table secrets (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('secret', 'variable')),
  name text collate "C" not null,
  scope text not null check (scope in ('workspace', 'project')),
  project text,
  environment text,
  type text not null check (type in ('text', 'secret', 'multiline', 'url', 'number', 'json')),
  description text not null,
  tags jsonb not null,
  service text,
  template_id text,
  owner_team text,
  current_version integer not null,
  rotated_at timestamptz not null,
  expires_at timestamptz,
  rotate_every integer check (rotate_every between 1 and 3650),
  rotate_due_at timestamptz,
  last_accessed_at timestamptz,
  created_by text not null,
  created_by_name text not null,
  deleted_at timestamptz,
  purge_after timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((scope = 'project') = (project is not null)),
  check ((deleted_at is null) = (purge_after is null))
);
comment on table secrets is '@platform(select, update): when it was last used is noted outside the transaction that uses it';
-- One value for a name in each place, whichever kind it is. What is deleted leaves its name free.
create unique index secrets_name on secrets (tenant_id, name, coalesce(project, ''), coalesce(environment, '')) where deleted_at is null;
create index secrets_purge on secrets (tenant_id, purge_after) where deleted_at is not null;

create table secret_versions (
  tenant_id uuid not null,
  id uuid not null,
  secret_id uuid not null,
  number integer not null,
  sealed text not null,
  bytes integer not null,
  generated boolean not null,
  restored_from integer,
  change_id uuid,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, secret_id, number),
  foreign key (tenant_id, secret_id) references secrets (tenant_id, id) on delete cascade
);

create table secret_references (
  tenant_id uuid not null,
  id uuid not null,
  user_kind text not null,
  user_id text not null,
  user_name text not null,
  pointer text not null,
  name text collate "C" not null,
  project text,
  environment text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, user_kind, user_id, pointer)
);
create index secret_references_name on secret_references (tenant_id, name);

-- By month of the id (UUIDv7), so that old months are dropped and not deleted. Before the first and after the last month lie two
-- partitions that are empty as a rule: whatever a clock says, no insert fails for want of a partition.
create table secret_access_logs (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  secret_id uuid not null,
  secret_name text not null,
  version_number integer not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  operation text not null,
  purpose text not null,
  change_id uuid,
  execution_id text,
  ip text,
  result text not null check (result in ('success', 'denied', 'failed')),
  primary key (tenant_id, id)
) partition by range (id);
comment on table secret_access_logs is '@append-only @app(select, delete) @platform(select, insert, delete): written before a value is handed out, whatever becomes of the transaction that asks; let go with the tenant, and after 400 days';
create index secret_access_logs_secret on secret_access_logs (tenant_id, secret_id, id desc);

do $$
declare
  month timestamp := date_trunc('month', now() at time zone 'utc');
  last timestamp := month + interval '3 months';
  bound text;
  next text;
begin
  bound := regexp_replace(lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\1-\2') || '-7000-8000-000000000000';
  execute format('create table secret_access_logs_past partition of secret_access_logs for values from (minvalue) to (%L)', bound);
  while month <= last loop
    next := regexp_replace(lpad(to_hex((extract(epoch from month + interval '1 month') * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\1-\2') || '-7000-8000-000000000000';
    execute format('create table %I partition of secret_access_logs for values from (%L) to (%L)', 'secret_access_logs_' || to_char(month, 'YYYY_MM'), bound, next);
    bound := next;
    month := month + interval '1 month';
  end loop;
  execute format('create table secret_access_logs_future partition of secret_access_logs for values from (%L) to (maxvalue)', bound);
end $$;
