import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { randomToken, sha256 } from '#kernel/ids.ts';
import { createProvision, seedGrant } from '#modules/access/roles.ts';
import { createKey } from '#modules/identity/keys/rows.ts';
import { createPasswords, type Passwords } from '#modules/identity/passwords.ts';
import { createPerson, personByEmail, setPassword } from '#modules/identity/people.ts';
import { KEYS } from '#modules/identity/keys/rules.ts';
import { apiKeys } from '#modules/identity/tables.ts';
import { readToken } from '#modules/identity/tokens.ts';
import { seedBaseline } from '#modules/policies/baseline.ts';
import { createTenant, joinTenant, tenantBySlug, type Provision } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';

/** A login of the demo, as `.switchyard/demo.json` lists it. */
export interface DemoLogin {
  email: string;
  password: string;
  role: string;
  tenant: string;
  apiKey: string;
}
/** What an earlier start wrote down; kept where it still fits. */
export type EarlierLogin = Pick<DemoLogin, 'email' | 'password' | 'apiKey'>;

const TENANTS = [
  { slug: 'acme', name: 'Acme Networks', owner: 'olivia@acme.example' },
  { slug: 'globex', name: 'Globex Carrier', owner: 'gustav@globex.example' },
] as const;

/** Slugs by which a database that holds nothing but the demo is known. */
export const DEMO_TENANTS: ReadonlySet<string> = new Set(TENANTS.map(({ slug }) => slug));

/** The first role is where their key belongs. Priya works for both. */
const CAST: readonly { email: string; name: string; roles: readonly { tenant: string; role: string }[] }[] = [
  { email: 'olivia@acme.example', name: 'Olivia Owens', roles: [{ tenant: 'acme', role: 'owner' }] },
  { email: 'adam@acme.example', name: 'Adam Ito', roles: [{ tenant: 'acme', role: 'admin' }] },
  { email: 'dana@acme.example', name: 'Dana Novak', roles: [{ tenant: 'acme', role: 'developer' }] },
  { email: 'priya@acme.example', name: 'Priya Raman', roles: [{ tenant: 'acme', role: 'approver' }, { tenant: 'globex', role: 'approver' }] },
  { email: 'aldo@acme.example', name: 'Aldo Conti', roles: [{ tenant: 'acme', role: 'auditor' }] },
  { email: 'vera@acme.example', name: 'Vera Lind', roles: [{ tenant: 'acme', role: 'viewer' }] },
  { email: 'gustav@globex.example', name: 'Gustav Berg', roles: [{ tenant: 'globex', role: 'owner' }] },
]; // prettier-ignore

/**
 * Two tenants with people in every role of the tour. Repeatable: who exists stays, with the password and key of `earlier` when they
 * still fit and with new ones when not.
 */
export async function seedPeople(
  { databases, registry, now }: Pick<Parts, 'databases' | 'registry' | 'now'>,
  earlier: readonly EarlierLogin[] = [],
  passwords: Passwords = createPasswords(),
): Promise<DemoLogin[]> {
  const rolesAndOwner = createProvision(() => registry);
  const provision: Provision = async (db, tenantId, ownerId, at) => {
    await rolesAndOwner(db, tenantId, ownerId, at);
    await seedBaseline(db, tenantId, at);
  };
  return databases.platform('seed the demo', async (db) => {
    const people = new Map<string, { id: string; email: string; name: string; password: string }>();
    for (const { email, name } of CAST)
      people.set(email, await person(db, passwords, { email, name, known: earlier.find((login) => login.email === email) }, now()));
    const tenantIds = new Map<string, string>();
    for (const { slug, name, owner } of TENANTS) {
      const tenant = (await tenantBySlug(db, slug)) ?? (await createTenant(db, { slug, name }, people.get(owner)!, provision, now()));
      tenantIds.set(slug, tenant.id);
    }
    const logins: DemoLogin[] = [];
    for (const { email, roles } of CAST) {
      const who = people.get(email)!;
      for (const { tenant, role } of roles) {
        await joinTenant(db, tenantIds.get(tenant)!, who, now());
        await seedGrant(db, { tenantId: tenantIds.get(tenant)!, personId: who.id, role, reason: 'Demo' }, now());
      }
      const { tenant, role } = roles[0]!;
      const apiKey = await key(
        db,
        { userId: who.id, tenantId: tenantIds.get(tenant)! },
        earlier.find((login) => login.email === email)?.apiKey,
        now(),
      );
      logins.push({ email, password: who.password, role, tenant, apiKey });
    }
    return logins;
  });
}

async function person(
  db: Database,
  passwords: Passwords,
  { email, name, known }: { email: string; name: string; known: EarlierLogin | undefined },
  at: Date,
) {
  const found = await personByEmail(db, email);
  if (found && known && (await passwords.verify(found.passwordHash, known.password))) return { id: found.id, email, name, password: known.password };
  const password = randomToken(15);
  if (!found) return { ...(await createPerson(db, passwords, { email, name, password }, at)), password };
  await setPassword(db, passwords, found, password, at);
  return { id: found.id, email, name, password };
}

/** The earlier key while it is good for another month; a new one otherwise. */
async function key(db: Database, owner: { userId: string; tenantId: string }, earlier: string | undefined, at: Date): Promise<string> {
  const presented = earlier === undefined ? undefined : readToken(earlier);
  if (earlier !== undefined && presented?.kind === 'key') {
    const [row] = await db.select().from(apiKeys).where(eq(apiKeys.publicId, presented.publicId));
    const good =
      row &&
      row.keyHash === sha256(earlier) &&
      row.userId === owner.userId &&
      row.tenantId === owner.tenantId &&
      !row.revokedAt &&
      row.expiresAt.getTime() > at.getTime() + 30 * 86_400_000;
    if (good) return earlier;
  }
  const made = await createKey(db, owner, { name: 'Demo', permissions: null, expiresAt: new Date(at.getTime() + KEYS.maxDays * 86_400_000) }, at);
  return made.key;
}
