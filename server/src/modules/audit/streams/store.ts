import { X509Certificate, randomBytes } from 'node:crypto';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, count, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { SealedPlace, Sealer } from '#kernel/seal.ts';
import { headOf } from '../chain/sealer.ts';
import { Streaming, type Destination } from './port.ts';
import type { Stream } from './schemas.ts';
import { streams, type StreamRow } from './tables.ts';

/** Streams of one tenant: each reads the whole trail. */
const MOST = 10;

/** Throws `audit-stream-not-found`; `lock` holds the row until the transaction ends. */
export async function findStream({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, id: string, lock = false): Promise<StreamRow> {
  const query = db.select().from(streams).where(and(eq(streams.tenantId, tenantId), eq(streams.id, id))); // prettier-ignore
  const [row] = isUuid(id) ? await (lock ? query.for('no key update') : query) : [];
  if (!row) throw new Problem('audit-stream-not-found', 'There is no such stream of the audit trail in this tenant.');
  return row;
}

export const streamTarget = ({ id, name }: Pick<StreamRow, 'id' | 'name'>): Target[] => [{ type: 'auditStream', id, name }];

/** Refuses with `version-conflict` when the caller says, in If-Match, that they have seen another version. */
export function requireSeen({ name, version }: Pick<StreamRow, 'name' | 'version'>, ctx: ReadContext): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `"${name}" is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, { version }); // prettier-ignore
}

export async function requireRoom({ db, tenantId }: ReadContext): Promise<void> {
  const [row] = await db.select({ used: count() }).from(streams).where(eq(streams.tenantId, tenantId));
  if (row!.used >= MOST) throw new Problem('audit-stream-limit', `There are ${MOST} streams already. Delete one first.`);
}

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
};

/** Refuses what cannot be sent to, before anything is kept. */
export function requireDestination({ provider }: ReadContext, { kind, address, ca }: Pick<StreamRow, 'kind' | 'address' | 'ca'>): void {
  const fault = provider(Streaming).carrier.addressFault(kind, address);
  if (fault !== null)
    throw new Problem('validation-failed', `Nothing can be sent to this address: ${fault}.`, { errors: [{ pointer: '/address', message: fault }] });
  if (ca !== null && (kind !== 'syslog' || !isCertificate(ca)))
    throw new Problem('validation-failed', 'The certificate cannot be read, or is not for this kind of stream.', {
      errors: [{ pointer: '/ca', message: kind === 'syslog' ? 'Not a certificate in PEM' : 'For syslog alone' }],
    });
}

export const nameTaken = (name: string): Problem =>
  new Problem('audit-stream-name-taken', `There is a stream "${name}" already. Choose another name.`, {
    errors: [{ pointer: '/name', message: 'In use' }],
  });

type Place = Pick<StreamRow, 'tenantId' | 'id'>;
const placeOf = ({ tenantId, id }: Place): SealedPlace => ({ tenantId, table: 'audit_streams', row: id, field: 'secret' });

/** 32 random bytes, as Standard Webhooks writes them. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
export const sealSecret = (db: Database, sealer: Sealer, place: Place, secret: string): Promise<string> => sealer.seal(db, placeOf(place), secret);

export const destinationOf =
  (sealer: Sealer): Streaming['destination'] =>
  async (db: Database, row: StreamRow): Promise<Destination> => {
    const { id, tenantId, kind, address, ca, facility } = row;
    const secret = row.secretSealed === null ? null : await sealer.open(db, placeOf(row), row.secretSealed);
    return { id, tenantId, kind, address, ca, facility, secret };
  };

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export async function streamView({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, row: StreamRow, known?: number): Promise<Stream> {
  const { id, name, kind, address, ca, facility, entries, state, cursor, sent, gone, failures, error, createdByName, version } = row;
  return {
    id, name, kind, address, ca, facility, entries, state, cursor, sent, gone, failures, error, createdByName, version,
    head: known ?? (await headOf(db, tenantId)).seq,
    failedAt: time(row.failedAt),
    sentAt: time(row.sentAt),
    nextAt: failures > 0 && state !== 'paused' ? time(row.nextAt) : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }; // prettier-ignore
}
