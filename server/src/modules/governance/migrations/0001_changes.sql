create table change_numbers (
  tenant_id uuid not null primary key,
  last integer not null
);

create table changes (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  operation text not null,
  summary text not null,
  state text not null,
  risk text not null,
  environment text,
  comment text,
  ticket text,
  -- Secret fields are cut out of `input` and kept sealed beside it until the Change has ended.
  input jsonb not null,
  sealed_secrets text,
  input_hash text not null,
  targets jsonb not null,
  plan jsonb not null,
  plan_hash text not null,
  requirements jsonb not null,
  requester_id text not null,
  requester jsonb not null,
  implementer jsonb,
  surface text not null,
  request_id text not null,
  decision_id uuid not null,
  -- Raised each time a worker takes the Change over; a worker with an older epoch can write nothing more.
  epoch integer not null default 0,
  attempt integer not null default 0,
  accepted boolean not null default false,
  cancel_requested_by jsonb,
  progress integer not null default 0,
  message text,
  outcome jsonb,
  problem jsonb,
  rollback_of uuid,
  rolled_back_by uuid,
  deadline_at timestamptz,
  submitted_at timestamptz,
  approved_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, rollback_of) references changes (tenant_id, id)
);
create index changes_state on changes (tenant_id, state, number desc);
create index changes_requester on changes (tenant_id, requester_id, number desc);
create index changes_rollback_of on changes (tenant_id, rollback_of);
create index changes_deadline on changes (tenant_id, deadline_at) where deadline_at is not null;

create table change_steps (
  tenant_id uuid not null,
  id uuid not null,
  change_id uuid not null,
  key text not null,
  title text not null,
  status text not null,
  result jsonb,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, change_id, key),
  foreign key (tenant_id, change_id) references changes (tenant_id, id)
);

-- The live log of a Change; `seq` is what a stream resumes from.
create table change_log (
  tenant_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  change_id uuid not null,
  event text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, change_id) references changes (tenant_id, id)
);
create index change_log_of_change on change_log (tenant_id, change_id, seq);

create table approval_requests (
  tenant_id uuid not null,
  id uuid not null,
  change_id uuid not null,
  plan_hash text not null,
  status text not null,
  requirements jsonb not null,
  needed integer not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, change_id) references changes (tenant_id, id)
);
create index approval_requests_of_change on approval_requests (tenant_id, change_id);
-- One open request per Change.
create unique index approval_requests_open on approval_requests (tenant_id, change_id) where status = 'pending';

create table approval_decisions (
  tenant_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  decider_id text not null,
  decider_name text not null,
  verdict text not null check (verdict in ('approved', 'rejected')),
  comment text,
  plan_hash text not null,
  surface text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, request_id, decider_id),
  foreign key (tenant_id, request_id) references approval_requests (tenant_id, id)
);
