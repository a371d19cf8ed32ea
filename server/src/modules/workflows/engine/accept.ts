import type { Database, Statement } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId, sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Sealer } from '#kernel/seal.ts';
import { parseTemplate } from '../expressions/index.ts';
import type { Json, WorkflowSettings } from '../graph.ts';
import type { Accepted, Start, TriggerKind } from '../providers/port.ts';
import { requestCancel } from './control.ts';
import type { Loaded } from './load.ts';
import type { ExecutionRow } from './tables.ts';
import { traceOf } from './traces.ts';
import { veiledRow } from './veil.ts';

const RANKS = { low: 0, normal: 1, high: 2, critical: 3 } as const;
const DAY_MS = 86_400_000;
/** Executions that led to one another by events (workflows.md 8.4). */
const MOST_CAUSES = 8;

export type NewStart = Start & { id?: string };

/** Which trigger node an execution begins at: the one that is named, or the first of its kind. */
function triggerNodeOf({ program }: Loaded, { kind, nodeId }: Start['trigger']): string | null {
  if (nodeId !== undefined) return program.nodes.has(nodeId) ? nodeId : null;
  const modeOf = ({ node }: (typeof program.triggers)[number]): Json => node.config['mode'] ?? 'manual';
  const fitting: Partial<Record<TriggerKind, readonly string[]>> = { workflow: ['workflow', 'manual', 'operation'], retry: ['manual'], operation: ['operation', 'manual'] };
  for (const wanted of fitting[kind] ?? [kind]) {
    const found = program.triggers.find((node) => modeOf(node) === wanted);
    if (found) return found.id;
  }
  return program.triggers[0]?.id ?? null;
} // prettier-ignore

/** Runs whose keys are the same go one at a time; a key that cannot be made is none. */
function keyOf({ concurrencyKey }: WorkflowSettings, { payload, trigger, veiled = false }: Start, id: string, now: Date): string | null {
  if (concurrencyKey === undefined) return null;
  const scope = { input: payload, trigger: { kind: trigger.kind, ...payload }, nodes: {}, vars: {}, execution: { id }, workflow: {}, tenant: {}, actor: {} };
  const value = parseTemplate(concurrencyKey).evaluate(scope, { seed: id, now });
  if (value === null) return null;
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  return veiled ? sha256(key) : key.slice(0, 500);
} // prettier-ignore

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** What an execution begins with, whatever it is of. */
const fresh = (now: Date) =>
  ({
    status: 'queued', outputs: null, outputsBlob: null, response: null, error: null, errors: null, activeMs: 0, format: 1, leaseOwner: null, leaseUntil: null, epoch: 0,
    nudged: false, wasNudged: false, cancelAsked: null, pauseAsked: null, recoveries: 0, attempt: 1, writes: 0, progress: 0, nodesTotal: 0, nodesDone: 0, nodesFailed: 0,
    eventSeq: 0, logSeq: 0, logBytes: 0, tokens: 0, cost: 0, toolCalls: 0, startedAt: null, endedAt: null, payloadsErasedAt: null, sealedInputs: null, sealedOutputs: null, createdAt: now, updatedAt: now,
  }) as const; // prettier-ignore

/** Who asked for it, and what led to it. */
function originOf(start: NewStart, id: string, parent: Pick<ExecutionRow, 'rootId' | 'depth'> | undefined) {
  const { trigger, principal, startedBy, payload, causationDepth = 0 } = start;
  return {
    triggerKind: trigger.kind, triggerId: orNull(trigger.triggerId), principal, startedBy, startedById: startedBy.id, inputs: payload, dedupeKey: orNull(start.dedupeKey),
    parentId: orNull(start.parent?.executionId), parentNode: orNull(start.parent?.nodeId), parentPath: orNull(start.parent?.path), rootId: parent?.rootId ?? id,
    depth: (parent?.depth ?? -1) + 1, causationDepth, retryOf: orNull(start.retryOf), chatSessionId: orNull(start.chatSessionId), tags: [...(start.tags ?? [])], correlationId: orNull(start.correlationId),
  };
} // prettier-ignore

/** How it is run. */
function mannerOf({ priority: wanted, dryRun = false, debug = false, veiled = false, mocks, wishes, retry, undoes, timeoutSeconds, version }: NewStart, settings: WorkflowSettings) {
  const priority = wanted ?? settings.priority;
  return {
    version: version === 'draft' ? null : version, isTest: version === 'draft', dryRun, debug, veiled, wishes: orNull(wishes), retry: orNull(retry), undoes: orNull(undoes), mocks: orNull(mocks), priority, rank: RANKS[priority],
    maxConcurrent: settings.maxConcurrent, timeoutSeconds: timeoutSeconds ?? settings.timeoutSeconds,
  };
} // prettier-ignore

/** The row of an execution that is asked for. Throws `limit-exceeded`. */
export function rowOf(
  start: NewStart,
  loaded: Loaded,
  now: Date,
  draft: ExecutionRow['draft'],
  parent?: Pick<ExecutionRow, 'rootId' | 'depth'>,
): ExecutionRow {
  const { settings } = loaded.program;
  if ((start.causationDepth ?? 0) > MOST_CAUSES)
    throw new Problem('limit-exceeded', `Executions led to one another ${MOST_CAUSES} times over: this one is not started.`, { limit: 'causation' });
  const id = start.id ?? newId();
  const from = Math.max(now.getTime(), start.scheduledAt?.getTime() ?? 0);
  return {
    ...fresh(now), ...traceOf(start, id), ...originOf(start, id, parent), ...mannerOf(start, settings), tenantId: start.tenantId, id, workflowId: start.workflowId, environment: orNull(settings.environment), draft,
    triggerNode: triggerNodeOf(loaded, start.trigger), concurrencyKey: keyOf(settings, start, id, now), expiresAt: new Date(from + settings.lifetimeDays * DAY_MS),
    scheduledAt: orNull(start.scheduledAt), wakeAt: start.scheduledAt ?? now,
  };
} // prettier-ignore

const COLUMNS: readonly [string, keyof ExecutionRow, string][] = [
  ['tenant_id', 'tenantId', 'uuid'], ['id', 'id', 'uuid'], ['workflow_id', 'workflowId', 'uuid'], ['version', 'version', 'integer'], ['environment', 'environment', 'text'], ['draft', 'draft', 'jsonb'],
  ['status', 'status', 'text'], ['trigger_kind', 'triggerKind', 'text'], ['trigger_id', 'triggerId', 'uuid'], ['trigger_node', 'triggerNode', 'uuid'],
  ['principal', 'principal', 'jsonb'], ['started_by', 'startedBy', 'jsonb'], ['started_by_id', 'startedById', 'text'], ['inputs', 'inputs', 'jsonb'],
  ['error', 'error', 'jsonb'], ['priority', 'priority', 'text'], ['rank', 'rank', 'smallint'], ['concurrency_key', 'concurrencyKey', 'text'],
  ['max_concurrent', 'maxConcurrent', 'integer'], ['dedupe_key', 'dedupeKey', 'text'], ['parent_id', 'parentId', 'uuid'], ['parent_node', 'parentNode', 'uuid'],
  ['parent_path', 'parentPath', 'text'], ['root_id', 'rootId', 'uuid'], ['chat_session_id', 'chatSessionId', 'uuid'], ['depth', 'depth', 'smallint'], ['causation_depth', 'causationDepth', 'smallint'],
  ['retry_of', 'retryOf', 'uuid'], ['tags', 'tags', 'text[]'], ['correlation_id', 'correlationId', 'text'], ['trace_id', 'traceId', 'text'], ['trace_parent', 'traceParent', 'text'], ['is_test', 'isTest', 'boolean'],
  ['dry_run', 'dryRun', 'boolean'], ['debug', 'debug', 'boolean'], ['wishes', 'wishes', 'jsonb'], ['retry', 'retry', 'jsonb'], ['undoes', 'undoes', 'jsonb'], ['mocks', 'mocks', 'jsonb'], ['timeout_seconds', 'timeoutSeconds', 'integer'],
  ['veiled', 'veiled', 'boolean'], ['sealed_inputs', 'sealedInputs', 'text'],
  ['expires_at', 'expiresAt', 'timestamptz'], ['scheduled_at', 'scheduledAt', 'timestamptz'], ['lease_owner', 'leaseOwner', 'integer'],
  ['lease_until', 'leaseUntil', 'timestamptz'], ['epoch', 'epoch', 'integer'], ['wake_at', 'wakeAt', 'timestamptz'], ['started_at', 'startedAt', 'timestamptz'],
  ['ended_at', 'endedAt', 'timestamptz'], ['created_at', 'createdAt', 'timestamptz'],
]; // prettier-ignore
const INSERT = {
  name: 'workflow_accept',
  text: `insert into workflow_executions (${COLUMNS.map(([column]) => column).join(', ')})
select ${COLUMNS.map(([, field]) => `r."${field}"`).join(', ')} from jsonb_to_recordset($1::jsonb) as r (${COLUMNS.map(([, field, type]) => `"${field}" ${type}`).join(', ')})
on conflict do nothing`,
};
const REPLAY = {
  name: 'workflow_replay',
  text: `select id, status, created_at > now() - interval '24 hours' as fresh from workflow_executions where tenant_id = $1 and workflow_id = $2 and dedupe_key = $3`,
};
const SAME = { name: 'workflow_same', text: 'select id, status, true as fresh from workflow_executions where tenant_id = $1 and id = $2' };
const FREE = { name: 'workflow_free_key', text: 'update workflow_executions set dedupe_key = null where tenant_id = $1 and id = $2' };

/** Stores rows of executions. */
export const inserting = (rows: readonly ExecutionRow[]): Statement => ({ ...INSERT, values: [JSON.stringify(rows)] });

/** Stores the row; the same key within 24 hours answers the first execution instead. */
export async function insert(db: Database, row: ExecutionRow, sealer?: Sealer): Promise<Accepted> {
  const storing = inserting([sealer ? await veiledRow(db, sealer, row) : row]);
  const { rowCount } = await db.$client.query(storing);
  if (rowCount === 1) return { executionId: row.id, replayed: false, status: row.status };
  const query =
    row.dedupeKey === null ? { ...SAME, values: [row.tenantId, row.id] } : { ...REPLAY, values: [row.tenantId, row.workflowId, row.dedupeKey] };
  const { rows } = await db.$client.query<{ id: string; status: string; fresh: boolean }>(query);
  const [before] = rows;
  if (!before) throw new Error('an execution could neither be stored nor found');
  if (before.fresh) return { executionId: before.id, replayed: true, status: before.status };
  await db.$client.query({ ...FREE, values: [row.tenantId, before.id] });
  await db.$client.query(storing);
  return { executionId: row.id, replayed: false, status: row.status };
}

const BUSY = {
  name: 'workflow_busy',
  text: `select count(*) filter (where status = 'running')::int as running,
  min(id::text) filter (where $3::text is not null and concurrency_key = $3 and status <> 'queued') as "sameKey",
  min(id::text) filter (where $3::text is null or concurrency_key = $3) as oldest
from workflow_executions where tenant_id = $1 and workflow_id = $2 and status in ('queued', 'running', 'waiting', 'paused')`,
};

/** What `onLimit` makes of one too many: it waits for its turn, is dropped, or takes the place of the oldest (workflows.md 9.6). */
export async function applyLimit(db: Database, row: ExecutionRow, { onLimit }: WorkflowSettings): Promise<string | undefined> {
  if (onLimit === 'queue') return undefined;
  const { tenantId, workflowId, concurrencyKey, maxConcurrent } = row;
  const { rows } = await db.$client.query<{ running: number; sameKey: string | null; oldest: string | null }>({ ...BUSY, values: [tenantId, workflowId, concurrencyKey] });
  const { running, sameKey, oldest } = rows[0]!;
  if (running < maxConcurrent && sameKey === null) return undefined;
  const reason = sameKey === null ? `${maxConcurrent} executions of this workflow run already.` : 'An execution with the same key has not ended.';
  if (onLimit === 'drop') {
    const now = new Date();
    Object.assign(row, { status: 'cancelled', endedAt: now, wakeAt: null, error: { type: 'concurrency-limit', class: 'limit', message: reason, retryable: true } });
    return undefined;
  }
  const [former] = [sameKey ?? oldest];
  if (former === null) return undefined;
  await requestCancel(db, { tenantId, id: former }, { reason: 'A newer execution took its place.', force: false, by: { id: row.startedBy.id, name: row.startedBy.name } });
  return former;
} // prettier-ignore

export const announceQueued = async (db: Database, { tenantId, id, workflowId, triggerKind, status, wishes }: ExecutionRow): Promise<void> => {
  const isDropped = status === 'cancelled';
  const data = { executionId: id, workflowId, trigger: triggerKind, status, ...(isDropped && wishes !== null ? { told: true } : {}) };
  await appendEvents(db, tenantId, [{ type: isDropped ? 'execution.cancelled' : 'execution.queued', data }], null);
};
