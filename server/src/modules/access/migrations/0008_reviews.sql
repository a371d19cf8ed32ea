-- Everybody's rights are looked at again: each is kept or taken, and what nobody answers for ends by itself.
create table access_reviews (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  state text not null check (state in ('open', 'closed', 'cancelled')),
  -- Null when the clock began it.
  started_by uuid,
  started_by_name text not null,
  reviewers text not null check (reviewers in ('givers', 'administrators', 'named')),
  reviewer_ids uuid[] not null,
  due_at timestamptz not null,
  -- 1 reminded at half time, 2 warned before the end, also those concerned.
  reminders integer not null default 0,
  -- Quarter that it is for, when the clock began it: once for each.
  quarter text,
  closed_at timestamptz,
  closed_by_name text,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index access_reviews_quarter on access_reviews (tenant_id, quarter);
create index access_reviews_open on access_reviews (tenant_id, due_at) where state = 'open';

create table access_review_items (
  tenant_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  kind text not null check (kind in ('grant', 'apiKey', 'agent')),
  ref_id uuid not null,
  subject_id uuid not null,
  subject_name text not null,
  subject_email text not null,
  machine boolean not null,
  -- The person behind a service account: as little a reviewer of it as of themselves.
  answerable_id uuid,
  holding text not null,
  role_id uuid,
  scope jsonb,
  valid_until timestamptz,
  given_by uuid,
  given_by_name text,
  given_at timestamptz not null,
  last_used_at timestamptz,
  unused boolean not null,
  looked_back_days integer not null,
  unused_permissions text[] not null,
  toxic text[] not null,
  reviewer_ids uuid[] not null,
  state text not null check (state in ('open', 'kept', 'asked', 'revoked', 'changed', 'gone', 'excused')),
  verdict text check (verdict in ('keep', 'revoke', 'change')),
  comment text,
  decision_id uuid,
  decided_by uuid,
  decided_by_name text,
  -- Session in which it was decided, in whose name the act is done.
  decided_in text,
  decided_at timestamptz,
  wanted jsonb,
  -- Handed to the Gate; what came of it is in the Change or the problem.
  handed_at timestamptz,
  change_id uuid,
  change_number text,
  problem text,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, review_id, kind, ref_id),
  foreign key (tenant_id, review_id) references access_reviews (tenant_id, id) on delete cascade
);
create index access_review_items_state on access_review_items (tenant_id, review_id, state, id);
create index access_review_items_ref on access_review_items (tenant_id, ref_id) where state in ('open', 'asked');
create index access_review_items_change on access_review_items (tenant_id, change_id) where change_id is not null;
create index access_review_items_reviewers on access_review_items using gin (reviewer_ids);

-- Every verdict, also one that was taken back by a later one.
create table access_review_decisions (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  verdict text not null check (verdict in ('keep', 'revoke', 'change')),
  comment text,
  -- Null when nobody decided in time.
  decided_by uuid,
  decided_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references access_review_items (tenant_id, id) on delete cascade
);
create index access_review_decisions_item on access_review_decisions (tenant_id, item_id, created_at desc);
create index access_review_decisions_recent on access_review_decisions (tenant_id, created_at);

-- Whether and how the clock begins one each quarter.
create table access_review_plans (
  tenant_id uuid not null primary key,
  every text not null check (every in ('never', 'quarter')),
  reviewers text not null check (reviewers in ('givers', 'administrators', 'named')),
  reviewer_ids uuid[] not null,
  days integer not null check (days between 3 and 60),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
