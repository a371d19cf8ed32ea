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
  rules text[] not null,
  input_hash text not null,
  change_id uuid,
  request_id text not null,
  comment text,
  duration_ms real not null,
  timings jsonb not null,
  sensitive boolean not null,
  -- Denials alike by one actor within a minute are counted, not repeated.
  occurrences integer not null default 1,
  primary key (tenant_id, id)
);
comment on table audit_entries is '@append-only';
create index audit_entries_actor on audit_entries (tenant_id, actor_id, id desc);
create index audit_entries_operation on audit_entries (tenant_id, operation, id desc);
create index audit_entries_result on audit_entries (tenant_id, result, id desc) where result <> 'success';
create index audit_entries_change on audit_entries (tenant_id, change_id, id desc) where change_id is not null;
create index audit_entries_decision on audit_entries (tenant_id, decision_id);
create index audit_entries_targets on audit_entries using gin (targets jsonb_path_ops);
