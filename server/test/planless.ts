import type { Context } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation, InlineOperation, Surface } from '#kernel/operation.ts';
import { isHidden } from '#surfaces/rest.ts';
import type { App } from '../src/app.ts';
import { isOn, type Caller } from './callers.ts';

interface Setting {
  app: App;
  callers: readonly [Surface, Caller][];
  operations: readonly AnyOperation[];
  inputOf: (operation: AnyOperation) => Record<string, unknown>;
  token: string;
}

/** Puts an ear to every handler; answers how to take it away again. */
function listen(operations: readonly AnyOperation[], entered: string[]): () => void {
  const restore = operations.map((operation) => {
    const { run } = operation as InlineOperation;
    Object.assign(operation, { run: (ctx: Context, input: Record<string, unknown>) => (entered.push(operation.name), run(ctx, input)) });
    return () => Object.assign(operation, { run });
  });
  return () => restore.forEach((one) => one());
}

/**
 * Asks for a dry run of everything that leaves no Change and does not heed one itself. `entered`: what was done, or answered as if it
 * had been; `reached`: how many were refused for this reason, by surface.
 */
export async function tryPlanless({ app, callers, operations, inputOf, token }: Setting) {
  const planless = operations.filter(({ risk, change, handlesDryRun }) => risk !== 'read' && change === 'none' && !handlesDryRun);
  const entered: string[] = [];
  const reached: Partial<Record<Surface, number>> = {};
  const unlisten = listen(planless, entered);
  const credentials = { kind: 'bearer', token } as const;
  try {
    for (const operation of planless) {
      const call = { surface: 'rest', credentials, ip: null, requestId: newId(), envelope: { dryRun: true } } as const;
      const pass = app.core.gate.pass(operation, inputOf(operation), call);
      await pass.then(() => entered.push(`${operation.name} by the Gate`), () => undefined); // prettier-ignore
    }
    for (const operation of planless.filter((one) => !one.redirect && !one.form && !isHidden(one)))
      for (const [surface, caller] of callers.filter(([one]) => isOn(operation, one))) {
        const { verdict } = await caller(operation, inputOf(operation), token, { dryRun: true });
        if (verdict === 'no-dry-run') reached[surface] = (reached[surface] ?? 0) + 1;
        if (['done', 'accepted', 'planned'].includes(verdict)) entered.push(`${operation.name} over ${surface}: ${verdict}`);
      }
  } finally {
    unlisten();
  }
  return { entered, reached };
}
