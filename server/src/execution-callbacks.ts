import { createHmac } from 'node:crypto';
import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { JobRun } from '#kernel/jobs.ts';
import { provide, providerOf, type Adapters } from '#kernel/port.ts';
import { scrub } from '#kernel/taint.ts';
import { signedHeaders } from '#modules/webhooks/signing.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { readExecution } from '#modules/workflows/engine/load.ts';
import type { ExecutionRow } from '#modules/workflows/engine/tables.ts';
import { withoutPath } from '#modules/workflows/executions/notice-rules.ts';
import { ExecutionCallbacks } from '#modules/workflows/executions/port.ts';
import type { Parts } from './core.ts';

type Place = Pick<ExecutionRow, 'tenantId' | 'id'>;

/** Seconds after which a call that was not taken is tried again; the last comes about a day after the first. */
const PAUSES = [5, 30, 120, 600, 1_800, 7_200, 14_400, 28_800, 36_000] as const;
/** Milliseconds for one call, and bytes of its answer. */
const TIMEOUT = 15_000;
const ANSWER = 65_536;

const secretWith =
  (key: Uint8Array) =>
  ({ tenantId, id }: Place): string =>
    `whsec_${createHmac('sha256', key).update(`${tenantId} ${id}`).digest('base64')}`;

const secretOf = ({ keyFor }: Pick<Parts, 'keyFor'>): ExecutionCallbacks['secret'] => secretWith(keyFor('execution-callbacks'));

/** What signs calls to those who began executions. */
export const callbackAdapters = (parts: Pick<Parts, 'keyFor'>) => [provide(ExecutionCallbacks, { secret: secretOf(parts) })];

/** What is told: how it ended, and its outputs where they lie in its row; larger ones are no message. */
function bodyOf({ id, workflowId, version, status, outputs, outputsBlob, error, correlationId, startedAt, endedAt }: ExecutionRow): string {
  const data = {
    executionId: id, workflowId, version, status, correlationId, startedAt, endedAt, error: error ?? null,
    ...(outputsBlob === null ? { outputs: outputs ?? null } : { outputsLeftOut: true }), links: { self: `/api/v1/executions/${id}` },
  }; // prettier-ignore
  return JSON.stringify({ type: `execution.${status}`, timestamp: (endedAt ?? new Date()).toISOString(), data });
}

/** Calls whoever began an execution and wished to hear of its end; what is not taken is tried again for a day, and then told as an event. */
export function callbackJob(parts: Parts, adapters: Adapters): (job: JobRun) => Promise<void> {
  const { databases, jobs, live, now } = parts;
  const secret = secretOf(parts);
  const inTenant = <T>(tenantId: string, work: (db: Database) => Promise<T>): Promise<T> => databases.tenant({ tenantId, operation: 'execution callback' }, work);

  /** Why nobody has taken it; undefined when somebody has. */
  async function call(row: ExecutionRow, url: string, signal: AbortSignal): Promise<string | undefined> {
    const { tenantId } = row;
    const body = bodyOf(row);
    const headers = { 'content-type': 'application/json', 'user-agent': 'Switchyard-Workflows/1', ...signedHeaders(`execution_${row.id}`, now(), body, [secret(row)]) };
    // Whoever may begin executions named the address: private places were opened for those who write workflows.
    const asker = { tenantId, exceptions: null };
    try {
      const { status } = await providerOf(adapters)(Egress).request(asker, { url, method: 'POST', headers, body: Buffer.from(body), timeoutMs: TIMEOUT, maxBytes: ANSWER, redirects: 0, signal });
      return status >= 200 && status < 300 ? undefined : `the answer was ${status}`;
    } catch (error) {
      signal.throwIfAborted();
      return withoutPath(scrub((error as Error).message, tenantId), url).slice(0, 300);
    }
  }

  /** The address may be a secret: it is kept for as long as it is called. */
  async function forgetCallback(db: Database, { tenantId, id }: Place): Promise<void> {
    await db.execute(sql`update workflow_executions set wishes = wishes - 'callback' where tenant_id = ${tenantId} and id = ${id}`);
  }

  async function later({ tenantId, id, workflowId }: ExecutionRow, attempt: number, reason: string): Promise<void> {
    const pause = PAUSES[attempt - 1];
    await inTenant(tenantId, async (db) => {
      if (pause === undefined) await appendEvents(db, tenantId, [{ type: 'execution.callback_failed', data: { executionId: id, workflowId, reason, attempts: attempt } }], null);
      else await jobs.enqueue(db, 'callback', { tenantId, executionId: id, attempt: String(attempt + 1) }, { startAfter: new Date(now().getTime() + pause * 1_000) });
    });
    if (pause === undefined) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
  }

  return async ({ data: { tenantId, executionId, attempt = '1' }, signal }) => {
    const row = await inTenant(tenantId, (db) => readExecution(db, { tenantId, id: executionId! }));
    const wish = row?.wishes?.callback;
    if (!row || !wish?.events.includes(row.status)) return;
    const reason = await call(row, wish.url, signal);
    if (reason !== undefined) await later(row, Number(attempt), reason);
    if (reason === undefined || PAUSES[Number(attempt) - 1] === undefined) await inTenant(tenantId, (db) => forgetCallback(db, row));
  };
} // prettier-ignore
