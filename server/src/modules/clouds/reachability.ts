import { and, eq } from '#kernel/drizzle.ts';
import type { Place } from './calls.ts';
import type { Circuit } from './circuit.ts';
import { findConnection } from './connection-rows.ts';
import type { ConnectionStatus } from './schemas.ts';
import { connections, type ConnectionRow } from './tables.ts';

const REFUSED_TWICE_MS = 30_000;
const UNREACHABLE_MS = 5 * 60_000;

/** Sets a connection's status and announces it, when it is another one. */
export async function setStatus(
  { db, tenantId, now, emit }: Place,
  row: ConnectionRow,
  status: ConnectionStatus,
  reason: { code: string; text: string } | null,
): Promise<void> {
  const at = now();
  const statusReason = reason && { ...reason, at: at.toISOString() };
  if (row.status === status && row.statusReason?.code === reason?.code) return;
  await db
    .update(connections)
    .set({ status, statusReason, updatedAt: at, ...(status === 'active' ? { refusedAt: null, circuitUntil: null } : {}) })
    .where(and(eq(connections.tenantId, tenantId), eq(connections.id, row.id)));
  if (row.status === status) return;
  const happened = status === 'active' ? 'recovered' : status;
  emit(`cloud.${happened}`, { id: row.id, name: row.name, before: row.status, after: status, reason: statusReason });
}

/** The circuit opened, stayed open, or closed: other processes and people read it from the row. */
export async function circuitChanged(place: Place, connectionId: string, after: Circuit): Promise<void> {
  const { db, tenantId } = place;
  const row = await findConnection(place, connectionId, true);
  const circuitUntil = after.openUntil === null ? null : new Date(after.openUntil);
  await db
    .update(connections)
    .set({ circuitUntil })
    .where(and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId)));
  const silent = after.openSince !== null && Date.now() - after.openSince > UNREACHABLE_MS;
  if (silent && row.status !== 'paused')
    await setStatus(place, row, 'unreachable', {
      code: 'no-answer',
      text: 'The provider has not answered for a while; it is tried again by itself.',
    });
  if (after.openUntil === null && row.status === 'unreachable') await setStatus(place, row, 'active', null);
}

/** Refused twice, half a minute apart: then no calls are made any more, except a probe now and then. */
export async function credentialRefused(place: Place, connectionId: string): Promise<void> {
  const { db, tenantId, now } = place;
  const row = await findConnection(place, connectionId, true);
  const at = now();
  if (row.refusedAt && at.getTime() - row.refusedAt.getTime() >= REFUSED_TWICE_MS) {
    return setStatus(place, row, 'auth_failed', { code: 'credential-refused', text: 'The provider refuses the credential.' });
  }
  if (row.refusedAt) return;
  await db
    .update(connections)
    .set({ refusedAt: at })
    .where(and(eq(connections.tenantId, tenantId), eq(connections.id, connectionId)));
}
