import type { Clock } from './clock.ts';
import type { Actor } from './context.ts';
import type { Database, Databases } from './database.ts';
import type { Call } from './gate-steps.ts';
import { dropKey, keepOutcome } from './idempotency.ts';
import type { AnyOperation } from './operation.ts';
import { providerOf, type Adapters } from './port.ts';
import { hideSecrets } from './sensitive.ts';
import { validated } from './validate.ts';

interface FinishingDeps {
  databases: Databases;
  adapters: Adapters;
  now: Clock;
}

interface Finishing {
  operation: AnyOperation;
  raw: unknown;
  actor: Actor;
  call: Call;
}

interface Done {
  output: unknown;
  replayed: boolean;
}

const finishesOnce = (operation: AnyOperation): boolean => operation.runs !== 'job' && operation.finishesOnce === true;

/** What is kept of a call with its key before it is finished: `finishing` while nothing else could be told to the same call again. */
export const keptOf = (operation: AnyOperation, acted: { status: string; output?: unknown }): object =>
  'output' in acted
    ? { ...acted, ...(finishesOnce(operation) ? { finishing: true } : {}), output: hideSecrets(operation.output, acted.output) }
    : acted;

/** What is waited for is outside of any transaction, and leaves what was done as it is. */
export async function finished<T extends Done>(deps: FinishingDeps, { operation, raw, actor, call }: Finishing, outcome: T): Promise<T> {
  if (operation.runs === 'job' || !operation.finish) return outcome;
  const { finishing, ...done } = outcome as T & { finishing?: true };
  if (finishesOnce(operation) && done.replayed && !finishing) return outcome;
  const { databases, adapters, now } = deps;
  const { tenantId } = actor;
  const read = <R>(work: (db: Database) => Promise<R>): Promise<R> => databases.tenant({ tenantId, readOnly: true }, work);
  const afterwards = { actor, tenantId, via: call.via, now, provider: providerOf(adapters), read };
  const key = finishesOnce(operation) && operation.risk !== 'read' ? call.envelope.idempotencyKey : undefined;
  try {
    const found: unknown = await operation.finish(afterwards, validated(operation, raw), operation.output.parse(done.output));
    const output: unknown = operation.output.parse(found);
    if (key !== undefined) {
      const kept = { ...done, replayed: true, output: hideSecrets(operation.output, output) };
      await databases.tenant({ tenantId }, (db) => keepOutcome(db, actor, key, kept));
    }
    return { ...outcome, output };
  } catch (error) {
    if (key !== undefined) await databases.tenant({ tenantId }, (db) => dropKey(db, actor, key)).catch(() => undefined);
    throw error;
  }
}
