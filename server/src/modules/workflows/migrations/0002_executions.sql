-- Runs of workflows. A row is the queue entry too: who holds it until when, and when somebody is to look at it again.
create table workflow_executions (
  tenant_id uuid not null,
  id uuid not null,
  workflow_id uuid not null,
  -- Null: a test run of the draft, which is kept with it.
  version integer,
  draft jsonb,
  status text not null check (status in ('queued', 'running', 'waiting', 'paused', 'completed', 'partial_success', 'failed', 'timed_out', 'cancelled')),
  trigger_kind text not null,
  trigger_id uuid,
  trigger_node uuid,
  -- On whose authority, and who began it.
  principal jsonb not null,
  started_by jsonb not null,
  started_by_id text not null,
  inputs jsonb,
  outputs jsonb,
  outputs_blob uuid,
  -- What a Respond node said to whoever waits.
  response jsonb,
  error jsonb,
  -- All of them, where the failure mode collects them.
  errors jsonb,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'critical')),
  rank smallint not null default 1,
  concurrency_key text,
  max_concurrent integer not null default 10,
  dedupe_key text,
  parent_id uuid,
  parent_node uuid,
  parent_path text,
  root_id uuid not null,
  depth smallint not null default 0,
  causation_depth smallint not null default 0,
  -- The execution that this one tries again.
  retry_of uuid,
  tags text[] not null default '{}',
  correlation_id text,
  is_test boolean not null default false,
  dry_run boolean not null default false,
  debug boolean not null default false,
  -- Outputs by node key, instead of running the node (test runs).
  mocks jsonb,
  -- Active seconds that it may take, and what it has taken so far; waits do not count.
  timeout_seconds integer not null,
  active_ms bigint not null default 0,
  expires_at timestamptz not null,
  scheduled_at timestamptz,
  -- Format of the records; a worker claims what it knows.
  format smallint not null default 1,
  lease_owner integer,
  lease_until timestamptz,
  epoch integer not null default 0,
  -- When somebody is to look at it: its turn in the queue, the first timer, or at once.
  wake_at timestamptz,
  -- Something happened that its holder has not seen.
  nudged boolean not null default false,
  -- Whether somebody had, before the last write of its holder.
  was_nudged boolean not null default false,
  cancel_asked jsonb,
  pause_asked jsonb,
  recoveries integer not null default 0,
  -- Counts what its holder has written, so that a write whose answer was lost is not made twice.
  writes integer not null default 0,
  progress smallint not null default 0,
  nodes_total integer not null default 0,
  nodes_done integer not null default 0,
  nodes_failed integer not null default 0,
  event_seq integer not null default 0,
  log_seq integer not null default 0,
  log_bytes integer not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  payloads_erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, workflow_id) references workflows (tenant_id, id) on delete cascade
) with (fillfactor = 70);
comment on table workflow_executions is '@platform: workers claim across tenants';
create index workflow_executions_of on workflow_executions (tenant_id, workflow_id, id);
create index workflow_executions_by on workflow_executions (tenant_id, started_by_id, id);
create index workflow_executions_queue on workflow_executions (tenant_id, rank desc, id) where status = 'queued';
create index workflow_executions_due on workflow_executions (wake_at) where wake_at is not null and status in ('waiting', 'paused');
create index workflow_executions_running on workflow_executions (tenant_id, workflow_id) where status = 'running';
create index workflow_executions_key on workflow_executions (tenant_id, workflow_id, concurrency_key)
  where concurrency_key is not null and status in ('running', 'waiting', 'paused');
create unique index workflow_executions_dedupe on workflow_executions (tenant_id, workflow_id, dedupe_key) where dedupe_key is not null;
create index workflow_executions_parent on workflow_executions (tenant_id, parent_id) where parent_id is not null;
create index workflow_executions_ended on workflow_executions (tenant_id, ended_at) where ended_at is not null;

-- One run of a node: its place in loops and the attempt tell it from the others.
create table node_executions (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  node_id uuid not null,
  node_key text not null,
  node_type text not null,
  path text not null default '',
  attempt smallint not null default 1,
  status text not null check (status in ('pending', 'running', 'retrying', 'waiting', 'paused', 'completed', 'failed', 'skipped', 'cancelled', 'in_doubt')),
  effect text not null default 'pure',
  idempotency_key text,
  -- Rises when a person says "run it again", and the key with it.
  round smallint not null default 0,
  input jsonb,
  -- What left by `port`; by port where several were taken.
  output jsonb,
  port text,
  many boolean not null default false,
  error jsonb,
  -- Sealed in place of input and output, and erased at the end (sensitive nodes).
  sealed text,
  output_blob uuid,
  -- What the node goes on from after a wait, and the steps that it has recorded.
  state jsonb,
  steps jsonb,
  -- In a dry run: what it would have done.
  would jsonb,
  change_id uuid,
  called_by jsonb,
  reused boolean not null default false,
  bytes integer,
  tokens integer,
  log_count integer not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  duration_ms integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
) with (fillfactor = 85);
create unique index node_executions_place on node_executions (tenant_id, execution_id, node_id, path, attempt);
create index node_executions_change on node_executions (tenant_id, change_id) where change_id is not null;

create table execution_logs (
  tenant_id uuid not null,
  execution_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  level text not null check (level in ('debug', 'info', 'warn', 'error')),
  node_id uuid,
  path text,
  message text not null,
  data jsonb,
  primary key (tenant_id, execution_id, seq)
);

-- Messages of the live stream, without gaps within an execution.
create table execution_events (
  tenant_id uuid not null,
  execution_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  type text not null,
  payload jsonb not null,
  primary key (tenant_id, execution_id, seq)
);

-- What wakes an execution that holds no worker.
create table execution_waits (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  node_id uuid not null,
  node_key text not null,
  path text not null default '',
  kind text not null check (kind in ('timer', 'event', 'change', 'child', 'input', 'in_doubt', 'retry', 'merge')),
  state text not null default 'open' check (state in ('open', 'fired', 'closed')),
  due_at timestamptz,
  event_types text[],
  match_key text,
  since timestamptz,
  change_id uuid,
  child_ids uuid[],
  token_hash text,
  form jsonb,
  assignees text[],
  title text,
  -- A person is needed: the execution is paused rather than waiting.
  person boolean not null default false,
  -- What woke it, once it has.
  woken jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, execution_id) references workflow_executions (tenant_id, id) on delete cascade
);
comment on table execution_waits is '@platform: events and single-use addresses wake executions across tenants';
create index execution_waits_of on execution_waits (tenant_id, execution_id);
create index execution_waits_event on execution_waits using gin (event_types) where state = 'open' and kind = 'event';
create index execution_waits_change on execution_waits (change_id) where state = 'open' and kind = 'change';
create unique index execution_waits_token on execution_waits (token_hash) where token_hash is not null;

-- Outputs above the inline size, and files; sealed.
create table execution_blobs (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  name text not null,
  mime text not null,
  size integer not null,
  -- Nobody is shown it, and it goes when the execution ends (sensitive nodes).
  sensitive boolean not null default false,
  sealed text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, execution_id) references workflow_executions (tenant_id, id) on delete cascade
);
create index execution_blobs_of on execution_blobs (tenant_id, execution_id);

-- The order of states (workflows.md 9.1), for whoever writes.
create function workflow_state_moves() returns trigger language plpgsql as $$
begin
  if not (case old.status
    when 'queued' then new.status in ('running', 'cancelled')
    when 'running' then new.status in ('waiting', 'paused', 'completed', 'partial_success', 'failed', 'timed_out', 'cancelled')
    when 'waiting' then new.status in ('running', 'timed_out', 'cancelled')
    when 'paused' then new.status in ('running', 'cancelled', 'timed_out', 'failed')
    else false
  end) then
    raise exception 'an execution that is % does not become %', old.status, new.status using errcode = 'WF002';
  end if;
  return new;
end $$;
create trigger workflow_executions_move before update of status on workflow_executions
  for each row when (old.status is distinct from new.status) execute function workflow_state_moves();

-- Records go with their execution. Not by foreign keys: those would be looked up for each of thousands of rows.
create function workflow_records_go() returns trigger language plpgsql as $$
begin
  delete from node_executions where tenant_id = old.tenant_id and execution_id = old.id;
  delete from execution_logs where tenant_id = old.tenant_id and execution_id = old.id;
  delete from execution_events where tenant_id = old.tenant_id and execution_id = old.id;
  return old;
end $$;
create trigger workflow_executions_go after delete on workflow_executions for each row execute function workflow_records_go();

-- All that a worker writes about an execution it holds, in one statement: refused when another holds it by now.
create function workflow_write(p_tenant uuid, p_execution uuid, p_owner integer, p_epoch integer, p jsonb) returns jsonb language plpgsql as $$
declare
  held workflow_executions;
  n_events integer := coalesce(jsonb_array_length(p->'events'), 0);
  n_logs integer := coalesce(jsonb_array_length(p->'logs'), 0);
begin
  update workflow_executions e set
    status = coalesce(p->>'status', e.status),
    outputs = case when p ? 'outputs' then p->'outputs' else e.outputs end,
    outputs_blob = case when p ? 'outputsBlob' then (p->>'outputsBlob')::uuid else e.outputs_blob end,
    response = coalesce(p->'response', e.response),
    error = coalesce(p->'error', e.error),
    errors = coalesce(p->'errors', e.errors),
    active_ms = coalesce((p->>'activeMs')::bigint, e.active_ms),
    progress = coalesce((p->>'progress')::smallint, e.progress),
    nodes_total = coalesce((p->>'total')::integer, e.nodes_total),
    nodes_done = coalesce((p->>'done')::integer, e.nodes_done),
    nodes_failed = coalesce((p->>'failed')::integer, e.nodes_failed),
    event_seq = e.event_seq + n_events,
    log_seq = e.log_seq + n_logs,
    log_bytes = e.log_bytes + coalesce((p->>'logBytes')::integer, 0),
    -- Whoever nudged it meanwhile is heard: it is to be looked at again at once.
    wake_at = case when p->>'status' in ('waiting', 'paused') then case when e.nudged then now() else (p->>'wakeAt')::timestamptz end
      when p ? 'release' then e.wake_at else null end,
    nudged = false,
    was_nudged = e.nudged,
    lease_owner = case when p ? 'release' or p->>'status' is not null then null else e.lease_owner end,
    lease_until = case when p ? 'release' or p->>'status' is not null then null else now() + interval '30 seconds' end,
    ended_at = case when p ? 'ended' then (p->>'ended')::timestamptz else e.ended_at end,
    writes = e.writes + 1,
    updated_at = now()
  where e.tenant_id = p_tenant and e.id = p_execution and e.lease_owner = p_owner and e.epoch = p_epoch and e.status = 'running' and e.writes = (p->>'write')::integer - 1
  returning e.* into held;
  if not found then
    select * into held from workflow_executions e where e.tenant_id = p_tenant and e.id = p_execution and e.epoch = p_epoch and e.writes = (p->>'write')::integer;
    if found then
      return jsonb_build_object('seq', held.event_seq, 'nudged', true, 'again', true);
    end if;
    raise exception 'the execution is held by another worker' using errcode = 'WF001';
  end if;
  if p ? 'records' then
    insert into node_executions as n (tenant_id, id, execution_id, node_id, node_key, node_type, path, attempt, status, effect, idempotency_key, round, input, output, port, many,
      error, sealed, output_blob, state, steps, would, change_id, bytes, log_count, started_at, ended_at, duration_ms)
    select p_tenant, r.id, p_execution, r."nodeId", r.key, r.type, r.path, r.attempt, r.status, r.effect, r."idempotencyKey", r.round, r.input, r.output, r.port, coalesce(r.many, false),
      r.error, r.sealed, r."outputBlob", r.state, r.steps, r.would, r."changeId", r.bytes, coalesce(r."logCount", 0), r."startedAt", r."endedAt", r."durationMs"
    from jsonb_to_recordset(p->'records') as r (id uuid, "nodeId" uuid, key text, type text, path text, attempt smallint, status text, effect text, "idempotencyKey" text, round smallint,
      input jsonb, output jsonb, port text, many boolean, error jsonb, sealed text, "outputBlob" uuid, state jsonb, steps jsonb, would jsonb, "changeId" uuid, bytes integer, "logCount" integer,
      "startedAt" timestamptz, "endedAt" timestamptz, "durationMs" integer)
    on conflict (tenant_id, execution_id, node_id, path, attempt) do update set
      status = excluded.status, idempotency_key = excluded.idempotency_key, round = excluded.round, input = excluded.input, output = excluded.output, port = excluded.port,
      many = excluded.many, error = excluded.error, sealed = excluded.sealed, output_blob = excluded.output_blob, state = excluded.state, steps = excluded.steps,
      would = excluded.would, change_id = coalesce(excluded.change_id, n.change_id), bytes = excluded.bytes, log_count = excluded.log_count,
      started_at = coalesce(n.started_at, excluded.started_at), ended_at = excluded.ended_at, duration_ms = excluded.duration_ms, updated_at = now();
  end if;
  if n_events > 0 then
    insert into execution_events (tenant_id, execution_id, seq, at, type, payload)
    select p_tenant, p_execution, held.event_seq - n_events + r.place, (r.said->>'at')::timestamptz, r.said->>'type', r.said->'payload'
    from jsonb_array_elements(p->'events') with ordinality as r (said, place);
  end if;
  if n_logs > 0 then
    insert into execution_logs (tenant_id, execution_id, seq, at, level, node_id, path, message, data)
    select p_tenant, p_execution, held.log_seq - n_logs + r.place, (r.line->>'at')::timestamptz, r.line->>'level', (r.line->>'nodeId')::uuid, r.line->>'path',
      r.line->>'message', r.line->'data'
    from jsonb_array_elements(p->'logs') with ordinality as r (line, place);
  end if;
  if p ? 'closed' then
    update execution_waits set state = 'closed', updated_at = now()
    where tenant_id = p_tenant and execution_id = p_execution and state <> 'closed' and id in (select t.id::uuid from jsonb_array_elements_text(p->'closed') as t (id));
  end if;
  -- What is left where it stands when an execution is broken off: nobody goes on with it, and of an effect nobody knows what became.
  if p->>'status' in ('failed', 'timed_out', 'cancelled') then
    update node_executions set status = case when status = 'running' and effect = 'effect' then 'in_doubt' else 'cancelled' end, ended_at = now(), updated_at = now()
    where tenant_id = p_tenant and execution_id = p_execution and status in ('pending', 'running', 'retrying', 'waiting', 'paused');
  end if;
  -- Payloads of sensitive nodes go with the end.
  if p ? 'forget' then
    update node_executions set sealed = null where tenant_id = p_tenant and execution_id = p_execution and sealed is not null;
    delete from execution_blobs where tenant_id = p_tenant and execution_id = p_execution and sensitive;
  end if;
  if p ? 'ended' then
    update execution_waits set state = 'closed', updated_at = now() where tenant_id = p_tenant and execution_id = p_execution and state <> 'closed';
    if held.parent_id is not null then
      update workflow_executions e set nudged = true, wake_at = case when e.status in ('waiting', 'paused') then now() else e.wake_at end
      where e.tenant_id = p_tenant and e.id = held.parent_id and e.ended_at is null;
    end if;
  end if;
  if p ? 'waits' then
    insert into execution_waits (tenant_id, id, execution_id, node_id, node_key, path, kind, due_at, event_types, match_key, since, change_id, child_ids, token_hash, form, assignees, title, person)
    select p_tenant, r.id, p_execution, r."nodeId", r.key, r.path, r.kind, r."dueAt", r."eventTypes", r."matchKey", r.since, r."changeId", r."childIds", r."tokenHash", r.form, r.assignees, r.title,
      coalesce(r.person, false)
    from jsonb_to_recordset(p->'waits') as r (id uuid, "nodeId" uuid, key text, path text, kind text, "dueAt" timestamptz, "eventTypes" text[], "matchKey" text, since timestamptz,
      "changeId" uuid, "childIds" uuid[], "tokenHash" text, form jsonb, assignees text[], title text, person boolean);
  end if;
  if p ? 'outbox' then
    insert into events (tenant_id, id, type, data, change_id)
    select p_tenant, r.id, r.type, r.data, null from jsonb_to_recordset(p->'outbox') as r (id uuid, type text, data jsonb);
  end if;
  return jsonb_build_object('seq', held.event_seq, 'nudged', held.was_nudged, 'cancel', held.cancel_asked, 'pause', held.pause_asked);
end $$;
