import { and, desc, eq, isNotNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { compared, findBackup, openBackup, type Difference } from './store.ts';
import type { DrillResult } from './schemas.ts';
import { backups } from './tables.ts';

const MOST_NAMED = 5;
const named = (what: string, all: readonly string[]): string[] =>
  all.length === 0 ? [] : [`${what} ${all.slice(0, MOST_NAMED).join(', ')}${all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : ''}`];
const lacking = ({ networks, members }: Difference): string[] => [...named('network', networks), ...named('member', members)];

interface Verdict {
  drill: DrillResult;
  drillDetail: string | null;
}

/** Opens it, reads every record of it, and holds it against what was there when it was taken. Nothing of it is written anywhere. */
async function judge(ctx: WorkContext, id: string): Promise<Verdict> {
  const { backup, controller } = await findBackup(ctx, id);
  try {
    const { records } = await openBackup(ctx, backup);
    if (records.nodeId !== controller.nodeId) return { drill: 'failed', drillDetail: `It is of node ${records.nodeId}, and the controller is ${controller.nodeId}.` };
    const difference = await compared(ctx, controller, records, backup.createdAt);
    const lacks = lacking(difference);
    if (lacks.length > 0) return { drill: 'failed', drillDetail: `It lacks what was there when it was taken: ${lacks.join('; ')}.` };
    const { strangers } = difference;
    return { drill: 'passed', drillDetail: strangers > 0 ? `Nodes in it that nobody knows here any more, or never did: ${strangers}.` : null };
  } catch (error) {
    if (error instanceof Problem && error.slug === 'backup-corrupt') return { drill: 'failed', drillDetail: error.message };
    throw error;
  }
} // prettier-ignore

/** Tries whether a backup is fit to be restored, and writes down what came of it. The second failure in a row is critical. */
export async function drill(ctx: WorkContext, id: string): Promise<Verdict> {
  const { db, tenantId, now } = ctx;
  const { controller } = await findBackup(ctx, id);
  const drilled = and(eq(backups.tenantId, tenantId), eq(backups.controllerId, controller.id), isNotNull(backups.drillAt));
  const [before] = await db.select({ drill: backups.drill }).from(backups).where(drilled).orderBy(desc(backups.drillAt)).limit(1);
  const verdict = await judge(ctx, id);
  await db.update(backups).set({ ...verdict, drillAt: now(), updatedAt: now() }).where(and(eq(backups.tenantId, tenantId), eq(backups.id, id)));
  const severity = verdict.drill === 'passed' ? 'info' : before?.drill === 'failed' ? 'critical' : 'warning';
  ctx.emit('exchange.backup.drilled', { id: controller.id, name: controller.name, backupId: id, result: verdict.drill, severity });
  return verdict;
} // prettier-ignore
