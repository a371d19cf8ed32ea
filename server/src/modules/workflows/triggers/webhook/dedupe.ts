import type { Databases } from '#kernel/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Accepted, Engine, Start } from '../../providers/port.ts';
import { mark, noteOn, type Mark } from '../marks.ts';
import type { HookAnswer } from '#kernel/hooks.ts';
import type { Hook } from './find.ts';
import type { HookRequest } from '#kernel/hooks.ts';
import { headerOf } from './signature.ts';

export interface DedupeDeps {
  databases: Databases;
  now: Clock;
  engine: () => Engine;
}

/** What marks a call: its key, or its signature where calls must not be repeated; undefined when any may come again. */
export function markOf(hook: Hook, { headers, body }: HookRequest, key: string | undefined): Mark | undefined {
  const { config, workflowId, triggerId } = hook;
  if (key !== undefined) return { purpose: 'hook', workflowId, key: `${triggerId} ${key}`, hours: config.dedupeHours };
  const { timestampHeader, toleranceSeconds } = config.hmac;
  if (config.auth !== 'hmac' || timestampHeader === undefined) return undefined;
  // A signature is good for the tolerance before and behind its time; afterwards it is stale anyhow.
  // By what is signed, not by how the signature is written: one may be spelled in many ways, and stand beside others.
  return {
    purpose: 'replay',
    workflowId,
    key: `${triggerId} ${headerOf(headers, timestampHeader)} ${sha256(body)}`,
    hours: (2 * toleranceSeconds + 60) / 3_600,
  };
}

export type Taken = { accepted: Accepted } | { again: HookAnswer };

/** The execution and the mark in one transaction: of two calls with one key the second waits for the first, and is answered like it. */
export async function takeOnce({ databases, now, engine }: DedupeDeps, start: Start, wanted: Mark, first: (accepted: Accepted) => HookAnswer | undefined): Promise<Taken> {
  const { tenantId } = start;
  const taken = await databases.tenant({ tenantId, operation: 'hooks.receive' }, async (db): Promise<Taken> => {
    const before = await mark({ db, tenantId, now }, wanted);
    if (before) {
      if (wanted.purpose === 'replay') throw new Problem('webhook-signature-replayed', 'This very call came in before. Sign each attempt anew.');
      if (before.response === null) throw new Problem('webhook-replayed', 'A call with the same key is under way. Wait for its answer, or ask again later.', { retryAfterSeconds: 2 });
      return { again: before.response };
    }
    const accepted = await engine().accept(db, start);
    await noteOn(db, tenantId, wanted, { executionId: accepted.executionId, response: first(accepted) ?? null });
    return { accepted };
  });
  if ('accepted' in taken) engine().begin(taken.accepted);
  return taken;
} // prettier-ignore

/** Keeps what the first caller is answered, for those who come again; before it leaves. */
export const keepAnswer = ({ databases }: DedupeDeps, tenantId: string, wanted: Mark, response: HookAnswer): Promise<unknown> =>
  databases.tenant({ tenantId, operation: 'hooks.answer' }, (db) => noteOn(db, tenantId, wanted, { response }));
