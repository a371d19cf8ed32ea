-- Encrypted archives on their way to whoever asked for them: minutes at most, and out once.
create table secret_exports (
  tenant_id uuid not null,
  id uuid not null,
  filename text not null,
  format text not null check (format in ('env', 'json', 'csv')),
  count integer not null,
  bytes integer not null,
  sha256 text not null,
  -- The archive, sealed on top of its own encryption; null once it was fetched or its time was over.
  sealed text,
  reason text not null,
  change_id uuid,
  requested_by text not null,
  requested_by_name text not null,
  expires_at timestamptz not null,
  downloaded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table secret_exports is '@platform(select, update, delete): archives whose time is over are let go, across tenants';
create index secret_exports_recent on secret_exports (tenant_id, created_at);
create index secret_exports_waiting on secret_exports (expires_at) where sealed is not null;

-- Who was reminded of what: one row for each date and each number of days before it.
create table secret_reminders (
  tenant_id uuid not null,
  id uuid not null,
  secret_id uuid not null,
  what text not null check (what in ('expiry', 'rotation')),
  due_at timestamptz not null,
  days integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, secret_id, what, due_at, days),
  foreign key (tenant_id, secret_id) references secrets (tenant_id, id) on delete cascade
);
create index secrets_expiring on secrets (tenant_id, expires_at) where deleted_at is null and expires_at is not null;
create index secrets_rotation_due on secrets (tenant_id, rotate_due_at) where deleted_at is null and rotate_due_at is not null;
