import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, getTableColumns, inArray, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import { ALLOWED_FROM, DURING, isAllowed, type ServerAction } from './rules.ts';
import type { Server } from './schemas.ts';
import { servers, type ServerRow } from './tables.ts';

const {
  desired,
  observed,
  tenantId: _tenantId,
  madeBy,
  createdBy,
  reservedVcpus,
  missedAt,
  changedAt,
  purgeChange,
  ...shown
} = getTableColumns(servers);
/** The columns that `serverView` shows; lists and details read no others. */
export const shownColumns = shown;
export type ShownRow = { [K in keyof typeof shown]: ServerRow[K] };

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export const serverView = (row: ShownRow): Server => ({
  id: row.id,
  connectionId: row.connectionId,
  externalId: row.externalId,
  name: row.name,
  description: row.description,
  status: row.status,
  statusReason: row.statusReason,
  region: row.region,
  zone: row.zone,
  size: row.size,
  image: row.image,
  architecture: row.architecture,
  vcpus: row.vcpus,
  memoryMb: row.memoryMb,
  diskGb: row.diskGb,
  publicIpv4: row.publicIpv4,
  publicIpv6: row.publicIpv6,
  environment: row.environment,
  labels: row.labels,
  protection: { delete: row.protected },
  managed: row.managed,
  cost: { monthly: { amount: row.monthlyAmount, currency: row.currency } },
  drift: { state: row.openFindings > 0 ? 'open' : 'none', open: row.openFindings },
  openChange: row.changeId ? { id: row.changeId, number: row.changeNumber } : null,
  purgeAfter: time(row.purgeAfter),
  lastObservedAt: time(row.observedAt),
  deletedAt: time(row.deletedAt),
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const notFound = (id: string): Problem =>
  new Problem('server-not-found', `There is no server "${id.slice(0, 64)}" in this tenant. See servers.list.`);

const prepareShown = (db: Database) =>
  db
    .select(shownColumns)
    .from(servers)
    .where(and(eq(servers.tenantId, sql.placeholder('tenantId')), eq(servers.id, sql.placeholder('id'))))
    .prepare('clouds_server');
/** One per connection to the database: the statement is written and planned once. */
const prepared = new WeakMap<Database, ReturnType<typeof prepareShown>>();

/** The server as it is shown, read once per call. */
export const shownServer = (ctx: ReadContext, id: string): Promise<ShownRow> =>
  ctx.once(`server:${id}`, async () => {
    let query = prepared.get(ctx.db);
    if (!query) prepared.set(ctx.db, (query = prepareShown(ctx.db)));
    const [row] = isUuid(id) ? await query.execute({ tenantId: ctx.tenantId, id }) : [];
    if (!row) throw notFound(id);
    return row;
  });

interface Reader {
  db: Database;
  tenantId: string;
}
/** The whole row; `lock` holds it until the transaction ends. */
export async function wholeServer({ db, tenantId }: Reader, id: string, lock = false): Promise<ServerRow> {
  const query = db
    .select()
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), eq(servers.id, id)));
  const [row] = isUuid(id) ? await (lock ? query.for('no key update') : query) : [];
  if (!row) throw notFound(id);
  return row;
}

export const serversById = ({ db, tenantId }: Reader, ids: readonly string[]): Promise<ServerRow[]> =>
  db
    .select()
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), inArray(servers.id, [...ids])))
    .orderBy(servers.createdAt, servers.id);

export const serverTarget = (row: Pick<ServerRow, 'id' | 'name' | 'environment' | 'labels'>): Target => ({
  type: 'server',
  id: row.id,
  name: row.name,
  environment: row.environment,
  labels: row.labels,
});

/** Target resolver of every operation on one server. */
export const oneServer = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [serverTarget(await shownServer(ctx, id))];

type Standing = Pick<ServerRow, 'name' | 'status' | 'changeId' | 'changeNumber' | 'version' | 'protected'>;

/** Refuses an action that the server's state or another Change stands against. */
export function requireFree(row: Standing, action: ServerAction): void {
  if (row.changeId) {
    throw new Problem('operation-in-progress', `${row.changeNumber ?? 'Another Change'} is at work on "${row.name}". Wait for it, or cancel it.`, {
      changeId: row.changeId,
    });
  }
  if (!isAllowed(action, row.status)) {
    const from = ALLOWED_FROM[action];
    throw new Problem(
      'invalid-state',
      `"${row.name}" is ${row.status.replaceAll('_', ' ')}; ${action} is possible from: ${from.join(', ').replaceAll('_', ' ')}.`,
      {
        state: row.status,
        allowedFrom: from,
      },
    );
  }
}

/** If-Match, when it was sent, names the version that the caller has seen. */
export function requireSeen(row: Pick<ServerRow, 'name' | 'version'>, ctx: ReadContext): void {
  const ifMatch = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== String(row.version)) {
    throw new Problem(
      'version-conflict',
      `"${row.name}" is at version ${row.version} and you have seen ${ifMatch}. Read it again and repeat your edit.`,
      { version: row.version },
    );
  }
}

export function requireUnprotected(row: Pick<ServerRow, 'name' | 'protected'>): void {
  if (row.protected) throw new Problem('deletion-protected', `"${row.name}" is protected against deletion. Lift that first with servers.protect.`);
}

type Claiming = Pick<Context, 'db' | 'tenantId' | 'changeId' | 'now' | 'emit'>;

/** In the transaction that starts a job, or its turn with one server of many: one Change at a time works on a server. */
export async function claim(ctx: Claiming, id: string, action: ServerAction, patch: Partial<ServerRow> = {}): Promise<ServerRow> {
  const row = await wholeServer(ctx, id, true);
  requireFree(row, action);
  const status = DURING[action];
  await ctx.db
    .update(servers)
    .set({
      ...patch,
      changeId: ctx.changeId,
      changeNumber: null,
      ...(status ? { status, statusReason: null } : {}),
      version: row.version + 1,
      updatedAt: ctx.now(),
    })
    .where(and(eq(servers.tenantId, ctx.tenantId), eq(servers.id, id)));
  if (status) ctx.emit('server.state_changed', { id, name: row.name, before: row.status, after: status });
  return row;
}
