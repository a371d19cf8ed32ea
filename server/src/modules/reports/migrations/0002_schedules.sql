-- Rows of reports about things that keep no history, as they were when the picture was taken. Asked for again, they are the same.
create table report_pictures (
  tenant_id uuid not null,
  id uuid not null,
  -- SHA-256 of kind, range, filters, cut-off and Scopes.
  key text not null,
  rows integer not null,
  -- JSON, gzip (RFC 1952)
  data bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
alter table report_pictures alter column data set storage external;
create index report_pictures_expiry on report_pictures (tenant_id, expires_at);

-- Reports that are made by the clock and told of to some people.
create table report_schedules (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  format text not null check (format in ('json', 'csv', 'ndjson', 'pdf')),
  filters jsonb not null,
  -- The whole day, week, month or quarter before the one in which it is made.
  covers text not null check (covers in ('day', 'week', 'month', 'quarter')),
  -- Five fields, in the time zone.
  cron text not null,
  zone text not null,
  recipients uuid[] not null,
  enabled boolean not null,
  -- It is made with what this person may do then.
  owner_id uuid not null,
  owner_name text not null,
  next_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index report_schedules_name on report_schedules (tenant_id, lower(name));
create index report_schedules_due on report_schedules (tenant_id, next_at) where enabled;
create index report_schedules_owner on report_schedules (tenant_id, owner_id);

create table report_schedule_runs (
  tenant_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  due_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'failed')),
  attempts integer not null default 1,
  report_id uuid,
  -- People who were told.
  told integer not null default 0,
  problem text,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  -- Once per occurrence, whoever looks at the clock.
  unique (tenant_id, schedule_id, due_at),
  foreign key (tenant_id, schedule_id) references report_schedules (tenant_id, id) on delete cascade,
  foreign key (tenant_id, report_id) references reports (tenant_id, id) on delete set null (report_id)
);
create index report_schedule_runs_open on report_schedule_runs (tenant_id, updated_at) where state = 'running';
create index report_schedule_runs_report on report_schedule_runs (tenant_id, report_id);
