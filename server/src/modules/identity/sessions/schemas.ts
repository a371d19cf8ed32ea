import { z } from 'zod';
import { readAgent } from '../agents.ts';
import { maskedIp } from '../network.ts';
import { TokenKind } from '../schemas.ts';
import type { StoredSession } from './store.ts';

/** Where somebody is signed in: enough to recognise it, nothing to use it with. */
export const Session = z.object({
  id: z.uuid(),
  kind: TokenKind,
  tenantId: z.uuid().nullable(),
  device: z.enum(['desktop', 'phone', 'tablet', 'program', 'unknown']),
  os: z.string().nullable(),
  browser: z.string().nullable(),
  ip: z.string().nullable().meta({ help: 'The last part is hidden' }),
  place: z.string().nullable(),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

export const sessionView = (session: StoredSession, currentId: string | null): z.input<typeof Session> => ({
  id: session.id, kind: session.kind, tenantId: session.tenantId, ...readAgent(session.agent), ip: maskedIp(session.ip), place: null,
  current: session.id === currentId, createdAt: session.createdAt.toISOString(), lastSeenAt: session.lastSeenAt.toISOString(), expiresAt: session.idleExpiresAt.toISOString(),
}); // prettier-ignore
