import type { Actor } from '#kernel/context.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import type { Gate } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Judge, Refusal } from '../stages/turns.ts';
import { auditOf } from './audit.ts';
import type { Lease } from './lease.ts';

interface Judging {
  gate: Pick<Gate, 'recheckStage'>;
  audit: Steps['audit'];
}
interface Judged {
  operation: AnyOperation;
  actor: Actor;
  input: Record<string, unknown>;
}

/** Where the Gate says no; anything else, such as an outside system that is down, is no refusal. */
const STAGES: ReadonlySet<string> = new Set(['permission', 'targets', 'scope', 'policy']);
const isRefusal = (error: unknown): error is Problem =>
  error instanceof Problem && error.kind.status < 500 && STAGES.has((error as { decided?: { stage: string } }).decided?.stage ?? '');

/** Whether the next targets of a Change that is under way may be acted on now, by the Gate's word. */
export const judgeOf =
  ({ gate, audit }: Judging, lease: Lease, { operation, actor, input }: Judged): Judge =>
  (targets) =>
    lease.tx(async ({ db }, row): Promise<Refusal | undefined> => {
      const next = { plan: row.plan, risk: row.risk, targetIds: new Set(targets.map(({ id }) => id)) };
      try {
        await gate.recheckStage(db, actor, operation, input, row.id, next);
        return undefined;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const witness: Refusal['witness'] = (ctx, now) => audit.write(ctx.db, auditOf(now, operation, 'denied', ctx.now(), error));
        return { code: error.slug, text: error.message, witness };
      }
    });
