import { and, desc, eq, isNull } from '#kernel/drizzle.ts';
import { canonicalJson, newId, sha256 } from '#kernel/ids.ts';
import type { Outside } from './calls.ts';
import type { Accepted, CloudProvider } from './providers/port.ts';
import { providerCalls } from './tables.ts';

/** A call that changes something outside, and how its effect is found again. */
export interface Mutation {
  connectionId: string;
  serverId: string;
  /** Unique among the calls of one Change for one server; undoing has keys of its own. */
  key: string;
  input: unknown;
  /** Of the server before the call, as far as it existed. */
  sequenceBefore: number | null;
  act: (cloud: CloudProvider) => Promise<Accepted>;
  find: (cloud: CloudProvider, sequenceBefore: number | null) => Promise<Accepted | undefined>;
}

/** Committed before the call is sent. */
export async function noteIntent(outside: Outside, mutation: Mutation, attempt: number): Promise<string> {
  const id = newId();
  await outside.tx(async ({ db, tenantId, now }) => {
    const { connectionId, serverId, key, input, sequenceBefore } = mutation;
    const inputDigest = sha256(canonicalJson(input));
    await db.insert(providerCalls).values({
      tenantId,
      id,
      connectionId,
      serverId,
      changeId: outside.changeId,
      method: key,
      attempt,
      inputDigest,
      sequenceBefore,
      outcome: 'intent',
      createdAt: now(),
    });
  });
  return id;
}

export async function noteAnswer(
  outside: Outside,
  id: string,
  outcome: 'done' | 'refused' | 'ambiguous' | 'found',
  answer: Partial<Accepted> & { code?: string },
): Promise<void> {
  await outside.tx(async ({ db, tenantId, now }) => {
    await db
      .update(providerCalls)
      .set({ outcome, code: answer.code ?? null, externalId: answer.externalId ?? null, action: answer.action ?? null, answeredAt: now() })
      .where(and(eq(providerCalls.tenantId, tenantId), eq(providerCalls.id, id)));
  });
}

/** The last try of this call, if it was ever made. */
export const lookAt = (outside: Outside, { serverId, key }: Mutation) =>
  outside.tx(async ({ db, tenantId }) => {
    const change = outside.changeId === null ? isNull(providerCalls.changeId) : eq(providerCalls.changeId, outside.changeId);
    const [row] = await db
      .select()
      .from(providerCalls)
      .where(and(eq(providerCalls.tenantId, tenantId), change, eq(providerCalls.serverId, serverId), eq(providerCalls.method, key)))
      .orderBy(desc(providerCalls.id))
      .limit(1);
    return row;
  });
