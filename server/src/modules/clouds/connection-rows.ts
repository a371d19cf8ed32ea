import type { Database } from '#kernel/database.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { definePort, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Sealer } from '#kernel/seal.ts';
import { isReference } from '#kernel/secret-references.ts';
import { taint } from '#kernel/taint.ts';
import { withValues, type Credential, type Opener } from './credentials.ts';
import './problems.ts';
import type { Catalog, OpenConnection } from './providers/port.ts';
import type { Connection } from './schemas.ts';
import { catalogs, connections, type ConnectionRow } from './tables.ts';

/** Seals and opens stored credentials. */
export const Sealing: Port<Sealer> = definePort<Sealer>('clouds.sealer');

export const sealedPlace = (tenantId: string, id: string) => ({ tenantId, table: 'cloud_connections', row: id, field: 'credential' });

interface Reader {
  db: Database;
  tenantId: string;
}

/** `lock` holds the row until the transaction ends. */
export async function findConnection({ db, tenantId }: Reader, id: string, lock = false): Promise<ConnectionRow> {
  const query = db
    .select()
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), eq(connections.id, id)));
  const [row] = isUuid(id) ? await (lock ? query.for('update') : query) : [];
  if (!row) throw new Problem('cloud-not-found', `There is no cloud connection "${id.slice(0, 64)}" in this tenant. See clouds.list.`);
  return row;
}

export const connectionTarget = (row: Pick<ConnectionRow, 'id' | 'name' | 'environment'>): Target => ({
  type: 'cloud',
  id: row.id,
  name: row.name,
  environment: row.environment,
});

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const connectionView = (row: ConnectionRow): Connection => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  config: row.config as Connection['config'],
  credential: row.credentialHint && row.credentialSetAt ? { hint: row.credentialHint, setAt: row.credentialSetAt.toISOString() } : null,
  environment: row.environment,
  status: row.status,
  statusReason: row.statusReason,
  identity: row.identity,
  syncMinutes: row.syncMinutes,
  lastSyncAt: time(row.lastSyncAt),
  lastPass: row.lastPass,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const unreadable = (row: ConnectionRow, cause: unknown): never => {
  const why = 'it was altered, copied from elsewhere, or sealed under a key that is gone';
  throw new Problem(
    'credential-unreadable',
    `The stored credential of "${row.name}" does not open: ${why}. Replace it with clouds.rotate.`,
    {},
    { cause },
  );
};

/** The credential as it is stored: fields may name secrets. */
export async function storedCredential({ db, tenantId }: Reader, sealer: Sealer, row: ConnectionRow): Promise<Credential> {
  if (row.credential === null) return null;
  const text = await sealer.open(db, sealedPlace(tenantId, row.id), row.credential).catch((cause: unknown) => unreadable(row, cause));
  return JSON.parse(text) as Credential;
}

/** The connection with its credential in plain text; drop it when the call is over. */
export async function opened(place: Reader & { provider: <T>(port: Port<T>) => T }, row: ConnectionRow, opener: Opener): Promise<OpenConnection> {
  const { tenantId } = place;
  const stored = await storedCredential(place, place.provider(Sealing), row);
  for (const [field, text] of Object.entries(stored ?? {})) if (!isReference(text)) taint(text, `${row.name}/${field}`, tenantId);
  return { tenantId, connectionId: row.id, kind: row.kind, config: row.config, credential: await withValues(place, opener, stored, row) };
}

/** With the time at which the provider was asked for it. */
export async function storedCatalog({ db, tenantId }: Reader, connectionId: string): Promise<{ catalog: Catalog; readAt: Date } | undefined> {
  const [row] = await db
    .select({ catalog: catalogs.catalog, readAt: catalogs.updatedAt })
    .from(catalogs)
    .where(and(eq(catalogs.tenantId, tenantId), eq(catalogs.id, connectionId)));
  return row;
}

/** What a connection sells; plans are made on this, never on a call. */
export async function catalogOf(reader: Reader, connection: Pick<ConnectionRow, 'id' | 'name'>): Promise<Catalog> {
  const row = await storedCatalog(reader, connection.id);
  if (!row)
    throw new Problem('catalog-unknown', `What "${connection.name}" sells has not been read yet. Run clouds.sync on it and try again.`, {
      retryAfterSeconds: 60,
    });
  return row.catalog;
}

export async function storeCatalog({ db, tenantId }: Reader, connectionId: string, catalog: Catalog, at: Date): Promise<void> {
  await db
    .insert(catalogs)
    .values({ tenantId, id: connectionId, catalog, updatedAt: at })
    .onConflictDoUpdate({ target: [catalogs.tenantId, catalogs.id], set: { catalog, updatedAt: at } });
}

/** Refuses what needs calls while there are none. */
export function requireUsable(row: ConnectionRow, now: Date): void {
  if (row.status === 'paused') throw new Problem('connection-paused', `The connection "${row.name}" is paused. Resume it with clouds.resume.`);
  if (row.status === 'auth_failed') {
    throw new Problem('provider-auth-failed', `The provider refuses the credential of "${row.name}". Check it there, then run clouds.revalidate.`);
  }
  if (row.circuitUntil && row.circuitUntil > now) {
    const seconds = Math.ceil((row.circuitUntil.getTime() - now.getTime()) / 1_000);
    throw new Problem('provider-unavailable', `The provider behind "${row.name}" does not answer; it is tried again in ${seconds} s.`, {
      retryAfterSeconds: seconds,
      retryAt: row.circuitUntil.toISOString(),
    });
  }
}
