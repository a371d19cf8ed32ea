alter table changes add column emergency boolean not null default false;
create index changes_emergency on changes (tenant_id, number desc) where emergency;

-- Each time somebody skipped approvals and time windows, and what an independent person said of it afterwards.
create table emergencies (
  tenant_id uuid not null,
  id uuid not null,
  change_id uuid not null,
  user_id text not null,
  user_name text not null,
  reason text not null,
  ticket text not null,
  skipped text[] not null default '{}',
  used_at timestamptz not null,
  review_due_at timestamptz not null,
  -- When somebody is told that it is still not reviewed; null once it is.
  next_reminder_at timestamptz,
  reminders integer not null default 0,
  verdict text check (verdict in ('justified', 'unjustified')),
  reviewer_id text,
  reviewer_name text,
  review_comment text,
  reviewed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, change_id) references changes (tenant_id, id),
  check ((verdict is null) = (reviewed_at is null)),
  check ((next_reminder_at is null) = (reviewed_at is not null))
);
create unique index emergencies_change on emergencies (tenant_id, change_id);
create index emergencies_user on emergencies (tenant_id, user_id, used_at);
create index emergencies_open on emergencies (tenant_id, next_reminder_at) where next_reminder_at is not null;
