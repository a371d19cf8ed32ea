-- Changes that were agreed to once for all: what fits one needs no approval of its own.
create table change_templates (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  operation text not null,
  -- CEL over the input and everything else that rules look at; null for any input.
  condition text,
  scope jsonb not null,
  time_window jsonb,
  max_runs integer not null check (max_runs between 1 and 1000),
  max_runs_hours integer not null check (max_runs_hours between 1 and 720),
  owner_id text not null,
  owner_name text not null,
  status text not null check (status in ('active', 'suspended', 'retired')),
  suspended_reason text,
  expires_at timestamptz not null,
  -- When two people last agreed to it: runs before that no longer count against it.
  agreed_at timestamptz not null,
  change_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, change_id) references changes (tenant_id, id)
);
create unique index change_templates_name on change_templates (tenant_id, lower(name)) where status <> 'retired';
create index change_templates_operation on change_templates (tenant_id, operation) where status = 'active';
create index change_templates_change on change_templates (tenant_id, change_id);

alter table changes
  add column template_id uuid,
  add column auto_approved boolean not null default false,
  add foreign key (tenant_id, template_id) references change_templates (tenant_id, id);
create index changes_template on changes (tenant_id, template_id, approved_at desc) where template_id is not null;
