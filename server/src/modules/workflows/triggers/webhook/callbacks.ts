import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, gt, isNull } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import { giveInput } from '../../engine/control.ts';
import { executionWaits } from '../../engine/tables.ts';
import type { Json } from '../../graph.ts';
import type { Engine } from '../../providers/port.ts';
import { workflowHookTests } from '../tables.ts';
import type { HookAnswer } from '#kernel/hooks.ts';
import { hookNotFound } from './find.ts';
import { bodyOf, fieldsOf, shownHeaders } from './payload.ts';
import type { HookRequest } from '#kernel/hooks.ts';
import { headerOf } from './signature.ts';

export interface CallbackDeps {
  databases: Databases;
  now: Clock;
  engine: () => Engine;
}

const valueOf = ({ method, headers, query, body }: HookRequest): Json => ({
  method,
  headers: shownHeaders(headers, undefined),
  query: fieldsOf(query),
  body: bodyOf(headerOf(headers, 'content-type'), body),
});

const json = (status: number, body: Json): HookAnswer => ({ status, headers: {}, body, bodyType: 'json' });

/** Answers what an execution waits for: the first call counts, and the address is good for no second one. Throws `hook-not-found`. */
export async function resume(token: string, request: HookRequest, { databases, engine }: CallbackDeps): Promise<HookAnswer> {
  const open = and(eq(executionWaits.tokenHash, sha256(token)), eq(executionWaits.state, 'open'));
  const [wait] = await databases.lookUp((db) => db.select({ id: executionWaits.id, tenantId: executionWaits.tenantId, executionId: executionWaits.executionId }).from(executionWaits).where(open)); // prettier-ignore
  if (!wait) throw hookNotFound();
  const { tenantId, executionId, id } = wait;
  const value = valueOf(request);
  const isFirst = await databases.tenant({ tenantId, operation: 'hooks.resume' }, (db) => giveInput(db, executionId, id, value, null));
  if (!isFirst) throw hookNotFound();
  engine().nudge(executionId);
  return json(202, { executionId, status: 'resumed' });
}

/** Hands a call to the builder that listens; the address is good for one. Throws `hook-not-found`. */
export async function receiveTest(token: string, request: HookRequest, { databases, now }: CallbackDeps): Promise<HookAnswer> {
  const { tokenHash, until, receivedAt, tenantId, id } = workflowHookTests;
  const open = and(eq(tokenHash, sha256(token)), gt(until, now()), isNull(receivedAt));
  const [row] = await databases.lookUp((db) => db.select({ tenantId, id }).from(workflowHookTests).where(open));
  if (!row) throw hookNotFound();
  const at = now();
  const received = { kind: 'webhook', ip: request.ip, receivedAt: at.toISOString(), ...(valueOf(request) as Record<string, Json>) };
  const kept = await databases.tenant({ tenantId: row.tenantId, operation: 'hooks.test' }, (db) =>
    db.update(workflowHookTests).set({ received, receivedAt: at, updatedAt: at }).where(and(eq(tenantId, row.tenantId), eq(id, row.id), isNull(receivedAt))),
  ); // prettier-ignore
  if (kept.rowCount === 0) throw hookNotFound();
  return json(200, { received: true });
}
