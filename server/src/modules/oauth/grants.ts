import type { Database } from '#kernel/database.ts';
import { and, desc, eq, isNull, sql } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import type { Risk } from '#kernel/operation.ts';
import type { OAuthDeps } from './deps.ts';
import type { AgentRecord, Authorization } from './providers/port.ts';
import { hostOf, LIVES } from './rules.ts';
import { codes, grants, type GrantRow, type RequestRow } from './tables.ts';

/** Names of persons, by their id; read as SQL, since the table is another module's. */
const personName = sql<string>`(select u.name from auth.users u where u.id = ${grants.userId})`;

const recordOf = ({ grant, person }: { grant: GrantRow; person: string | null }): AgentRecord => ({
  id: grant.id,
  clientId: grant.clientId,
  name: grant.clientName,
  kind: grant.clientKind,
  host: grant.clientHost,
  risk: grant.risk,
  endpoint: grant.audience,
  person: { id: grant.userId, name: person ?? '' },
  createdAt: grant.createdAt,
  lastUsedAt: grant.lastUsedAt,
  lastUsedIp: grant.lastUsedIp,
});

type Which = Pick<GrantRow, 'tenantId' | 'userId' | 'clientId' | 'audience'>;
const liveOne = ({ tenantId, userId, clientId, audience }: Which) =>
  and(eq(grants.tenantId, tenantId), eq(grants.userId, userId), eq(grants.clientId, clientId), eq(grants.audience, audience), isNull(grants.revokedAt)); // prettier-ignore

/** What the person has allowed this program there before. */
export const rememberedGrant = async (db: Database, which: Which): Promise<GrantRow | undefined> => (await db.select().from(grants).where(liveOne(which)))[0]; // prettier-ignore

interface Wanted {
  row: RequestRow;
  userId: string;
  tenantId: string;
  audience: string;
  risk: Risk;
}

/** The person's consent with a code for it. Consenting again changes the consent, and what it allowed before with it. */
export async function openGrant(
  db: Database,
  { row, userId, tenantId, audience, risk }: Wanted,
  at: Date,
): Promise<{ code: string; agent: AgentRecord }> {
  const said = { clientName: row.clientName, clientKind: row.clientKind, clientHost: hostOf(row.redirectUri), redirectUri: row.redirectUri, risk, updatedAt: at }; // prettier-ignore
  const fresh = { id: newId(), tenantId, userId, clientId: row.clientId, audience, createdAt: at, ...said };
  const [grant] = await db
    .insert(grants)
    .values(fresh)
    .onConflictDoUpdate({
      target: [grants.tenantId, grants.userId, grants.clientId, grants.audience],
      targetWhere: isNull(grants.revokedAt),
      set: said,
    })
    .returning();
  const code = randomToken(32);
  const { redirectUri, challenge } = row;
  await db.insert(codes).values({
    id: newId(), grantId: grant!.id, familyId: newId(), hash: sha256(code), redirectUri, challenge, risk, expiresAt: new Date(at.getTime() + LIVES.code), spentAt: null,
  }); // prettier-ignore
  const [{ person } = { person: null }] = await db.select({ person: personName }).from(grants).where(eq(grants.id, grant!.id));
  return { code, agent: recordOf({ grant: grant!, person }) };
}

type Part = Pick<Authorization, 'agent' | 'agents' | 'disconnect' | 'prove'>;

/** Connected agents. */
export const createGrants = ({ databases, now, ended }: OAuthDeps): Part => ({
  agent: (tenantId, id) =>
    databases.platform('connected agent', async (db) => {
      const one = and(eq(grants.tenantId, tenantId), eq(grants.id, id), isNull(grants.revokedAt));
      const [row] = await db.select({ grant: grants, person: personName }).from(grants).where(one);
      return row && recordOf(row);
    }),
  agents: (tenantId, userId) =>
    databases.platform('connected agents', async (db) => {
      const mine = and(eq(grants.tenantId, tenantId), isNull(grants.revokedAt), userId === undefined ? undefined : eq(grants.userId, userId));
      const rows = await db.select({ grant: grants, person: personName }).from(grants).where(mine).orderBy(desc(grants.updatedAt)).limit(500);
      return rows.map(recordOf);
    }),
  disconnect: async (tenantId, id) => {
    const { rowCount } = await databases.platform('disconnect agent', (db) =>
      db.update(grants).set({ revokedAt: now() }).where(and(eq(grants.tenantId, tenantId), eq(grants.id, id), isNull(grants.revokedAt))),
    ); // prettier-ignore
    ended();
    return rowCount === 1;
  },
  prove: async (tenantId, id, userId) => {
    const mine = and(eq(grants.tenantId, tenantId), eq(grants.id, id), eq(grants.userId, userId), isNull(grants.revokedAt));
    const { rowCount } = await databases.platform('prove for agent', (db) => db.update(grants).set({ provenAt: now() }).where(mine));
    ended();
    return rowCount === 1;
  },
});
