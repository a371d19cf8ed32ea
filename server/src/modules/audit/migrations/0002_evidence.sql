-- Entries in partitions by month of their id (UUIDv7), each month apart into what is kept shortly and what is kept long, so that old
-- ones are dropped and not deleted. Before the first and after the last month lie two partitions that are empty as a rule: whatever a
-- clock says, no insert fails for want of a partition, and the months stay in order, which a default partition would not allow.
alter table audit_entries no force row level security;
alter table audit_entries rename to audit_entries_unparted;
alter index audit_entries_pkey rename to audit_entries_unparted_pkey;
drop index audit_entries_actor, audit_entries_operation, audit_entries_result, audit_entries_change, audit_entries_decision, audit_entries_targets;

create table audit_entries (
  tenant_id uuid not null,
  -- UUIDv7, so that order by id is order by time.
  id uuid not null,
  decision_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  actor_email text,
  -- Keys of the roles that the actor held in this tenant at the time.
  roles text[] not null,
  credential_id text,
  ip text,
  surface text not null,
  operation text not null,
  permission text not null,
  risk text not null,
  result text not null,
  reason jsonb,
  targets jsonb not null,
  grant_id text,
  -- Rules that were applied, with the version of their policy.
  rules text[] not null,
  input_hash text not null,
  change_id uuid,
  approval_id text,
  approver_ids text[] not null,
  job_id text,
  request_id text not null,
  comment text,
  duration_ms real not null,
  timings jsonb not null,
  sensitive boolean not null,
  -- Denials alike by one actor within a minute are counted, not repeated.
  occurrences integer not null,
  -- How long it is kept: 'reads' (of nothing sensitive, and let through) or 'evidence' (all else).
  kept text not null,
  primary key (tenant_id, id, kept)
) partition by range (id);
comment on table audit_entries is '@append-only @platform(select, delete): sealed, and let expire, across tenants';
create index audit_entries_actor on audit_entries (tenant_id, actor_id, id desc);
create index audit_entries_operation on audit_entries (tenant_id, operation, id desc);
create index audit_entries_result on audit_entries (tenant_id, result, id desc) where result <> 'success';
create index audit_entries_change on audit_entries (tenant_id, change_id, id desc) where change_id is not null;
create index audit_entries_approval on audit_entries (tenant_id, approval_id, id desc) where approval_id is not null;
create index audit_entries_decision on audit_entries (tenant_id, decision_id);
create index audit_entries_request on audit_entries (tenant_id, request_id);
create index audit_entries_ip on audit_entries (tenant_id, ip, id desc);
create index audit_entries_targets on audit_entries using gin (targets jsonb_path_ops);
create index audit_entries_reason on audit_entries using gin (to_tsvector('simple', reason ->> 'text')) where reason is not null;

do $$
declare
  oldest uuid := (select id from audit_entries_unparted order by id limit 1);
  month timestamp := date_trunc('month', now() at time zone 'utc');
  bound text;
  next text;
  name text;
begin
  if oldest is not null then
    month := greatest(
      least(month, date_trunc('month', to_timestamp(('x' || lpad(left(replace(oldest::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0) at time zone 'utc')),
      month - interval '36 months');
  end if;
  bound := regexp_replace(lpad(to_hex((extract(epoch from month) * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\1-\2') || '-7000-8000-000000000000';
  execute format('create table audit_entries_past partition of audit_entries for values from (minvalue) to (%L)', bound);
  while month <= date_trunc('month', now() at time zone 'utc') + interval '3 months' loop
    next := regexp_replace(lpad(to_hex((extract(epoch from month + interval '1 month') * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\1-\2') || '-7000-8000-000000000000';
    name := 'audit_entries_' || to_char(month, 'YYYY_MM');
    execute format('create table %I partition of audit_entries for values from (%L) to (%L) partition by list (kept)', name, bound, next);
    execute format('create table %I partition of %I for values in (''reads'')', name || '_reads', name);
    execute format('create table %I partition of %I default', name || '_evidence', name);
    bound := next;
    month := month + interval '1 month';
  end loop;
  execute format('create table audit_entries_future partition of audit_entries for values from (%L) to (maxvalue)', bound);
end $$;

insert into audit_entries
select tenant_id, id, decision_id, at, actor_kind, actor_id, actor_name, actor_email, '{}', credential_id, ip, surface, operation, permission, risk, result,
  reason, targets, grant_id, rules, input_hash, change_id, null, '{}', null, request_id, comment, duration_ms, timings, sensitive, occurrences,
  case when risk = 'read' and not sensitive and result <> 'denied' then 'reads' else 'evidence' end
from audit_entries_unparted;
drop table audit_entries_unparted;

-- Entries that are not in the chain yet. A row goes in with its entry, so that the sealer sees it when its transaction has committed,
-- however late that is, and out with the segment that it is sealed in.
create table audit_unsealed (
  tenant_id uuid not null,
  id uuid not null,
  primary key (tenant_id, id)
);
comment on table audit_unsealed is '@append-only @platform(select, delete): taken out by the sealer, across tenants';
create index audit_unsealed_order on audit_unsealed (id);
insert into audit_unsealed select tenant_id, id from audit_entries;

-- The hash chain of a tenant, in segments of consecutive links. For each link: id (16 bytes), kind (1) and SHA-256 of the entry (32).
create table audit_segments (
  tenant_id uuid not null,
  id uuid not null,
  first_seq bigint not null,
  count integer not null,
  min_id uuid not null,
  max_id uuid not null,
  -- Link before the first, and of the last.
  prev_hash bytea not null,
  hash bytea not null,
  ids bytea not null,
  kinds bytea not null,
  hashes bytea not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, id),
  -- Whatever goes wrong, a chain does not fork.
  unique (tenant_id, first_seq)
);
comment on table audit_segments is '@append-only @app(select) @platform(select, insert, delete): written by the sealer alone';
create index audit_segments_ids on audit_segments (tenant_id, max_id);

-- Signed heads of the chain. Each names the one before it, so that none can be taken out between two others.
create table audit_anchors (
  tenant_id uuid not null,
  id uuid not null,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  previous text not null,
  key_id text not null,
  signature text not null,
  primary key (tenant_id, id),
  unique (tenant_id, seq)
);
comment on table audit_anchors is '@append-only @app(select) @platform(select, insert): signed by the anchor job alone';

-- What retention let go, signed: without one, a missing entry is a fault.
create table audit_purges (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kept text not null,
  until timestamptz not null,
  removed bigint not null,
  key_id text not null,
  signature text not null,
  primary key (tenant_id, id)
);
comment on table audit_purges is '@append-only @app(select) @platform(select, insert): signed by the retention job alone';
