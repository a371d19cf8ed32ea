import { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Membership } from '../providers/port.ts';

/** Neither name nor address: who may read them asks for the person. */
const Came = z.object({
  userId: z.string(),
  sessionId: z.string(),
  entered: z.enum(['signIn', 'switch']),
  method: z.string(),
  level: z.int(),
  ip: z.string().nullable(),
});
const Left = z.object({ userId: z.string(), sessionId: z.string() });

export const events = {
  'auth.login': { summary: 'A person came into the tenant: by signing in, or from another of their tenants', data: Came },
  'auth.logout': { summary: 'A person signed out', data: Left },
  'session.revoked': 'A session was ended before its time, by its owner or an administrator',
};

interface Coming {
  userId: string;
  sessionId: string;
  amr: readonly string[];
  level: number;
  ip: string | null;
}

/** Tells the tenant, in the transaction in which its member comes in. Who works in none yet has nobody to tell. */
export async function announceCame(
  db: Database,
  home: Pick<Membership, 'tenantId'> | undefined,
  { amr, ...session }: Coming,
  entered: z.input<typeof Came>['entered'],
): Promise<void> {
  if (!home) return;
  const data: z.input<typeof Came> = { ...session, method: amr.join(' '), entered };
  await appendEvents(db, home.tenantId, [{ type: 'auth.login', data }], null);
}
