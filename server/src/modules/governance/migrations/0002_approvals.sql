-- Rules ask for trees of agreements now; what was stored asked for a number of approvers.
alter table changes no force row level security;
alter table approval_requests no force row level security;
create function pg_temp.as_trees(stored jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(
    case when one ? 'count' then (one - 'count') || jsonb_build_object('need', jsonb_build_object('who', 'scopeApprovers', 'count', one -> 'count')) else one end
    order by place), '[]'::jsonb)
  from jsonb_array_elements(stored) with ordinality as every (one, place)
$$;
update changes set requirements = pg_temp.as_trees(requirements) where jsonb_array_length(requirements) > 0;

alter table approval_requests
  add column requester_id text,
  -- Whom the tree asks, as keys that a person's own can be compared with: scope, role:x, team:x, user:x.
  add column asks text[] not null default '{}',
  add column sla_due_at timestamptz,
  -- How far the clock has come: 1 reminded, 2 backups told, 3 administrators told.
  add column clock_step smallint not null default 0,
  add column next_step_at timestamptz;
update approval_requests r set
  requirements = pg_temp.as_trees(r.requirements),
  requester_id = c.requester_id,
  asks = '{scope}',
  sla_due_at = r.created_at + interval '4 hours',
  clock_step = 3
  from changes c where c.tenant_id = r.tenant_id and c.id = r.change_id;
alter table approval_requests alter column requester_id set not null, alter column sla_due_at set not null;
alter table changes force row level security;
alter table approval_requests force row level security;

drop index approval_requests_open;
-- One open request per Change.
create unique index approval_requests_open on approval_requests (tenant_id, change_id) where status in ('pending', 'partially_approved');
create index approval_requests_due on approval_requests (tenant_id, status, sla_due_at, id);
create index approval_requests_requester on approval_requests (tenant_id, requester_id, status, sla_due_at, id);
create index approval_requests_clock on approval_requests (tenant_id, next_step_at) where next_step_at is not null;

alter table approval_decisions
  add column on_behalf_of text,
  add column on_behalf_of_name text,
  -- People tied to the decider by a delegation at that time: of such a pair one counts.
  add column linked text[] not null default '{}',
  add column factors text[] not null default '{}',
  add column level smallint,
  add column ip text,
  add column withdrawn_at timestamptz,
  drop constraint approval_decisions_tenant_id_request_id_decider_id_key;
-- Who takes their decision back may decide again.
create unique index approval_decisions_once on approval_decisions (tenant_id, request_id, decider_id) where withdrawn_at is null;
create index approval_decisions_decider on approval_decisions (tenant_id, decider_id, request_id);

create table approval_delegations (
  tenant_id uuid not null,
  id uuid not null,
  delegator_id text not null,
  delegator_name text not null,
  delegate_id text not null check (delegate_id <> delegator_id),
  delegate_name text not null,
  -- One request only; null while somebody is away.
  request_id uuid,
  scope jsonb,
  reason text not null default '',
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until > valid_from),
  revoked_at timestamptz,
  revoked_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references approval_requests (tenant_id, id)
);
create index approval_delegations_request on approval_delegations (tenant_id, request_id);
create index approval_delegations_delegate on approval_delegations (tenant_id, delegate_id, valid_until);
create index approval_delegations_delegator on approval_delegations (tenant_id, delegator_id, valid_until);
