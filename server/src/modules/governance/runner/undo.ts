import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { Machinery, Operations } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { changes, changeSteps, type ChangeRow } from '../tables.ts';
import { fullInput } from './input.ts';

/** Undoes a Change that succeeded, within the job of the Change that rolls it back. */
export async function undo(work: Work, original: ChangeRow): Promise<void> {
  const operation = work.provider(Operations).get(original.operation);
  if (operation?.runs !== 'job' || !operation.rollback) throw new Problem('rollback-impossible', `${numberText(original.number)} has no way back.`);
  const input = await work.tx((ctx) => fullInput(ctx.db, work.provider(Machinery).sealer, operation, original));
  const mine = and(eq(changes.tenantId, work.tenantId), eq(changes.id, original.id));
  await operation.rollback({ ...work, plan: original.plan, recorded: (key) => recordedOf(work, original.id, key) }, input);
  await work.tx(({ db }) => db.update(changes).set({ rolledBackBy: work.changeId, sealedSecrets: null }).where(mine));
}

async function recordedOf<T>(work: Work, changeId: string, key: string): Promise<T | undefined> {
  const [row] = await work.tx(({ db }) => db.select().from(changeSteps).where(and(eq(changeSteps.tenantId, work.tenantId), eq(changeSteps.changeId, changeId), eq(changeSteps.key, key)))); // prettier-ignore
  return row?.result as T | undefined;
}
