import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { ExecutionRow } from '../engine/tables.ts';
import { Engine } from '../providers/port.ts';
import { executionView, mayDo, NEEDED } from './detail.ts';
import { isMine, lockExecution } from './find.ts';
import { hasEnded } from './rules.ts';
import type { Execution, ExecutionAction } from './schemas.ts';

const PARTICIPLE: Record<ExecutionAction, string> = {
  cancel: 'cancelled', pause: 'paused', resume: 'resumed', retry: 'tried again', migrate: 'moved to another version', rollback: 'rolled back',
}; // prettier-ignore

/** The execution, locked, for somebody who may do this to it. Throws `permission-denied`. */
export async function forAct(ctx: Context, id: string, act: ExecutionAction): Promise<ExecutionRow> {
  const row = await lockExecution(ctx, id);
  if (await mayDo(ctx, row, act)) return row;
  const { permission, own } = NEEDED[act];
  const detail = own && !isMine(row, ctx) ? `Executions of others are ${PARTICIPLE[act]} with ${permission}.` : `This needs ${permission}.`;
  throw new Problem('permission-denied', detail, { permission });
}

/** Throws `execution-finished`. */
export function requireGoing({ status }: Pick<ExecutionRow, 'status'>): void {
  if (hasEnded(status)) throw new Problem('execution-finished', `It ended as ${status.replaceAll('_', ' ')}.`, { status });
}

/** Whoever holds it looks at once when the transaction is committed. */
export const nudged = (ctx: Context, id: string): void => {
  const engine = ctx.provider(Engine);
  ctx.afterCommit(() => engine.nudge(id));
};

export const byOf = ({ actor: { id, name } }: Pick<Context, 'actor'>) => ({ id, name });

/** The execution as it is after an act: what was read before it is read again. */
export const afterAct = (ctx: Context, id: string): Promise<Execution> =>
  executionView({ ...ctx, once: (_key, load) => load() }, id, { payloads: { state: 'left-out' }, withGraph: false });
