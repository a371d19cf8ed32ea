import { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { AuditRow } from '../tables.ts';

/** What of a refused call may leave the tenant: who, what and why, but nothing that was said in it. */
const Refused = z.object({
  /** Of the first of them; the trail has the rest. */
  auditEntryId: z.uuid(),
  actor: z.object({ kind: z.string(), id: z.string() }),
  operation: z.string(),
  code: z.string(),
  surface: z.string(),
  ip: z.string().nullable(),
  times: z.int(),
});

export const events = {
  'access.denied': {
    summary: 'A call was refused since the caller lacks the permission, or a target is outside of their Scope; those alike are told together',
    data: Refused.extend({ stage: z.enum(['permission', 'scope']), permission: z.string() }),
  },
  'auth.failed': { summary: 'Somebody failed to sign in to an account of the tenant; tries alike are told together', data: Refused },
};

type Type = keyof typeof events;
const STAGES: ReadonlySet<string> = new Set(['permission', 'scope']);

/** What an entry means to those who listen; undefined when it means nothing. `isSignIn`: by this operation one comes in. */
export function meaningOf({ operation, result, reason }: Pick<AuditRow, 'operation' | 'result' | 'reason'>, isSignIn: (operation: string) => boolean): Type | undefined {
  if (reason === null || (result !== 'denied' && result !== 'failure')) return undefined;
  if (isSignIn(operation)) return 'auth.failed';
  return result === 'denied' && STAGES.has(reason.stage) ? 'access.denied' : undefined;
} // prettier-ignore

const likeness = ({ operation, actorId, surface, ip, reason }: AuditRow): string =>
  JSON.stringify([operation, actorId, surface, ip, reason?.code, reason?.stage]);

function announcementOf(type: Type, alike: readonly AuditRow[]): Emitted {
  const [{ id, actorKind, actorId, operation, permission, surface, ip, reason }] = alike as [AuditRow, ...AuditRow[]];
  const times = alike.reduce((sum, { occurrences }) => sum + occurrences, 0);
  const refused = { auditEntryId: id, actor: { kind: actorKind, id: actorId }, operation, code: reason!.code, surface, ip, times };
  return { type, data: type === 'access.denied' ? { ...refused, stage: reason!.stage, permission } : refused };
}

/**
 * Announces what was refused, in the transaction that seals it, so that each entry is told of once. The writer has put identical denials
 * beyond twenty in a minute into one; what is alike in one go is one announcement.
 */
export async function announceRefusals(
  db: Database,
  tenantId: string,
  entries: readonly AuditRow[],
  isSignIn: (operation: string) => boolean,
): Promise<void> {
  const told = (['access.denied', 'auth.failed'] as const).flatMap((type) => {
    const meant = entries.filter((entry) => meaningOf(entry, isSignIn) === type);
    return [...Map.groupBy(meant, likeness).values()].map((alike) => announcementOf(type, alike));
  });
  await appendEvents(db, tenantId, told, null);
}
