import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { executions } from '../engine/tables.ts';
import { requestCancel } from '../engine/control.ts';
import type { Json } from '../graph.ts';
import { loadGraph } from '../model/load.ts';
import type { Accepted, Engine, TriggerKind } from '../providers/port.ts';
import { workflowTriggers, type TriggerRow } from '../tables.ts';

export interface LaunchDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  engine: () => Engine;
  asService: (tenantId: string, id: string) => Promise<Actor>;
  onError: (error: Error) => void;
  /** Told how many seconds after it was due a schedule has started something. */
  late?: ((seconds: number) => void) | undefined;
}

/** Why nothing is started, in words for people. */
export class NotStarted extends Error {}

/** The account that a trigger's workflow runs as, as it is now. Throws NotStarted. */
export async function principalOf({ databases, asService }: LaunchDeps, { tenantId, workflowId, version }: Pick<TriggerRow, 'tenantId' | 'workflowId' | 'version'>): Promise<Actor> {
  const found = await databases.tenant({ tenantId, operation: 'triggers.principal', readOnly: true }, (db) => loadGraph(db, tenantId, workflowId, version));
  const { serviceAccountId } = found.workflow;
  if (serviceAccountId === null) throw new NotStarted('The workflow has no service account, and nobody started it.');
  return asService(tenantId, serviceAccountId).catch((error: unknown) => {
    throw error instanceof Problem && error.slug === 'unauthenticated' ? new NotStarted(error.message) : error;
  });
} // prettier-ignore

/** The trigger as it is now, held until the end of the transaction, so that its starts come one after the other. Throws NotStarted. */
export async function heldTrigger(db: Database, { tenantId, triggerId }: { tenantId: string; triggerId: string }): Promise<TriggerRow> {
  const mine = and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.id, triggerId));
  const [row] = await db.select().from(workflowTriggers).where(mine).for('update');
  if (row?.state !== 'active') throw new NotStarted('The trigger is off.');
  return row;
}

/** Executions of a trigger that have not ended. */
export const openOf = (db: Database, { tenantId, id }: Pick<TriggerRow, 'tenantId' | 'id'>): Promise<{ id: string }[]> =>
  db
    .select({ id: executions.id })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.triggerId, id), isNull(executions.endedAt)));

/** Asks that the executions of a trigger stop which still go. Answers their ids, to be nudged after the commit. */
export async function cancelOpen(db: Database, row: TriggerRow): Promise<string[]> {
  const open = await openOf(db, row);
  for (const { id } of open) {
    const asked = { reason: 'The next one is due.', force: false, by: { id: 'system:workflows', name: 'The schedule' } };
    await requestCancel(db, { tenantId: row.tenantId, id }, asked);
  }
  return open.map(({ id }) => id);
}

export interface Launch {
  kind: TriggerKind;
  payload: Record<string, Json>;
  /** The same starts the same execution. */
  dedupeKey: string;
  causationDepth?: number;
  scheduledAt?: Date;
}

/** Starts the workflow of a trigger, in the transaction of what starts it. Call `begin` after the commit. */
export const launch = ({ engine }: Pick<LaunchDeps, 'engine'>, db: Database, row: TriggerRow, principal: Actor, wanted: Launch): Promise<Accepted> =>
  engine().accept(db, {
    tenantId: row.tenantId,
    workflowId: row.workflowId,
    version: row.version,
    trigger: { kind: wanted.kind, nodeId: row.nodeId, triggerId: row.id },
    payload: wanted.payload,
    principal,
    startedBy: { kind: wanted.kind, id: row.id, name: wanted.kind },
    dedupeKey: wanted.dedupeKey,
    ...(wanted.causationDepth === undefined ? {} : { causationDepth: wanted.causationDepth }),
    ...(wanted.scheduledAt === undefined ? {} : { scheduledAt: wanted.scheduledAt }),
  });

/** Not a fault of the workflow: another try will do. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.kind.status === 429 || error.kind.status === 503 || error.slug === 'dependency-unavailable');
