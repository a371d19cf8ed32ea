import type { Clock } from '#kernel/clock.ts';
import { alias } from '#kernel/columns.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, count, eq, gt, inArray, isNull } from '#kernel/drizzle.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { Memberships } from '../providers/port.ts';
import { CREDENTIALS_TOPIC } from '../steps.ts';
import { apiKeys, users } from '../tables.ts';
import { isAnsweredFor } from './answering.ts';
import type { ServiceAccountRecord, ServiceAccounts } from './port.ts';
import { serviceAccounts } from './tables.ts';

export interface ServiceAccountDeps {
  databases: Databases;
  now: Clock;
  live: Live;
  memberships: Pick<Memberships, 'of'>;
  /** Makes the account a member of the tenant, renames the member, or takes it out. Run as the platform. */
  members: {
    join: (db: Database, tenantId: string, who: { id: string; email: string; name: string; kind: 'service' }, at: Date) => Promise<void>;
    rename: (db: Database, tenantId: string, id: string, name: string) => Promise<void>;
    leave: (db: Database, tenantId: string, id: string) => Promise<void>;
  };
}

/** An address that no mail reaches and nobody can register (RFC 2606). */
const addressOf = (id: string): string => `${id}@service.invalid`;
const owners = alias(users, 'owners');

const taken = (name: string) => (error: unknown): never => {
  throw isUniqueViolation(error, 'service_accounts_name') ? new Problem('name-taken', `There is a service account "${name}" already.`) : error;
}; // prettier-ignore

/** The adapter of the port ServiceAccounts on schema `auth`, with transactions of its own. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createServiceAccounts({ databases, now, live, memberships, members }: ServiceAccountDeps): ServiceAccounts {
  const ended = (): void => live.publish(CREDENTIALS_TOPIC);

  async function read(db: Database, tenantId: string, id?: string): Promise<ServiceAccountRecord[]> {
    const mine = and(eq(serviceAccounts.tenantId, tenantId), id === undefined ? undefined : eq(serviceAccounts.id, id));
    const rows = await db
      .select({ account: serviceAccounts, ownerName: owners.name })
      .from(serviceAccounts)
      .leftJoin(owners, eq(owners.id, serviceAccounts.ownerId))
      .where(mine)
      .orderBy(asc(serviceAccounts.name), asc(serviceAccounts.id));
    const ids = rows.map(({ account }) => account.id);
    const counted = ids.length === 0 ? [] : await db.select({ id: apiKeys.userId, count: count() }).from(apiKeys).where(and(inArray(apiKeys.userId, ids), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now()))).groupBy(apiKeys.userId); // prettier-ignore
    const keys = new Map(counted.map((one) => [one.id, one.count]));
    const found: ServiceAccountRecord[] = [];
    for (const { account, ownerName } of rows) {
      const member = (await memberships.of(db, account.id)).some((one) => one.tenantId === tenantId);
      const active = member && (await isAnsweredFor(db, memberships, tenantId, account.ownerId));
      const { ownerId, tenantId: _, createdBy: _by, updatedAt: _at, ...rest } = account;
      const owner = ownerId === null ? null : { id: ownerId, name: ownerName ?? '' };
      found.push({ ...rest, owner, status: active ? 'active' : 'suspended', keys: keys.get(account.id) ?? 0 });
    }
    return found;
  }

  return {
    list: (tenantId) => databases.platform('service accounts', (db) => read(db, tenantId)),
    find: (tenantId, id) => databases.platform('service account', async (db) => (await read(db, tenantId, id))[0]),
    create: (tenantId, { id, name, description, ownerId, createdBy }) =>
      databases.platform('create service account', async (db) => {
        const at = now();
        const [known] = await read(db, tenantId, id);
        if (known) return known;
        await db.insert(users).values({ id, kind: 'service', email: addressOf(id), name, emailVerifiedAt: null, createdAt: at, updatedAt: at });
        await db
          .insert(serviceAccounts)
          .values({ id, tenantId, ownerId, name, description, createdBy, createdAt: at, updatedAt: at })
          .catch(taken(name));
        await members.join(db, tenantId, { id, email: addressOf(id), name, kind: 'service' }, at);
        return (await read(db, tenantId, id))[0]!;
      }),
    async update(tenantId, id, version, fields) {
      const saved = await databases.platform('update service account', async (db) => {
        const mine = and(eq(serviceAccounts.tenantId, tenantId), eq(serviceAccounts.id, id), eq(serviceAccounts.version, version));
        const { rowCount } = await db.update(serviceAccounts).set({ ...fields, version: version + 1, updatedAt: now() }).where(mine).catch(taken(fields.name)); // prettier-ignore
        if (rowCount !== 1) return undefined;
        await db.update(users).set({ name: fields.name, updatedAt: now() }).where(eq(users.id, id));
        await members.rename(db, tenantId, id, fields.name);
        return (await read(db, tenantId, id))[0];
      });
      ended();
      return saved;
    },
    async delete(tenantId, id) {
      await databases.platform('delete service account', async (db) => {
        const [account] = await db.select().from(serviceAccounts).where(and(eq(serviceAccounts.tenantId, tenantId), eq(serviceAccounts.id, id))); // prettier-ignore
        if (!account) return;
        await members.leave(db, tenantId, id);
        await db.delete(users).where(and(eq(users.id, id), eq(users.kind, 'service')));
      });
      ended();
    },
    mayAnswer: (tenantId, personId) =>
      databases.platform('who may answer for a service account', async (db) => {
        const [person] = await db.select({ kind: users.kind }).from(users).where(eq(users.id, personId));
        return person?.kind === 'person' && (await isAnsweredFor(db, memberships, tenantId, personId));
      }),
  };
}

/** For who leaves a tenant: how many service accounts they answer for there, and how another takes them over. Transactions of its own. */
export const serviceAccountBelongings = ({ databases, now }: Pick<ServiceAccountDeps, 'databases' | 'now'>) => ({
  of: async (_db: Database, tenantId: string, memberId: string): Promise<string[]> => {
    const mine = and(eq(serviceAccounts.tenantId, tenantId), eq(serviceAccounts.ownerId, memberId));
    const [found] = await databases.platform('service accounts of a member', (db) => db.select({ count: count() }).from(serviceAccounts).where(mine)); // prettier-ignore
    return found!.count === 0 ? [] : [`${found!.count} service ${found!.count === 1 ? 'account' : 'accounts'}`];
  },
  hand: async (_db: Database, tenantId: string, fromId: string, toId: string): Promise<void> => {
    const mine = and(eq(serviceAccounts.tenantId, tenantId), eq(serviceAccounts.ownerId, fromId));
    await databases.platform('hand service accounts over', (db) => db.update(serviceAccounts).set({ ownerId: toId, updatedAt: now() }).where(mine));
  },
});
