import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId, sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Latecomers, PersonRef } from '../registration/port.ts';
import { signups } from '../registration/tables.ts';
import type { FirstFactor } from '../sessions/types.ts';
import type { FederationDeps } from './deps.ts';
import type { Proof } from './flows.ts';
import type { Provider, TenantRules } from './idps/provider.ts';
import { enterTenant } from './resolve.ts';
import { identityProviders } from './tables.ts';

/** Milliseconds that a provider's word waits for the address to be confirmed, and that its second factor counts as a fresh one. */
const LIFE = 60 * 60_000;
const FRESH = 15 * 60_000;

/** What a provider said of somebody whose address it does not answer for; `issuer` and `clientId`: as it was configured then. */
interface Word {
  proof: Proof;
  groups: readonly string[];
  issuer: string;
  clientId: string;
  /** RFC 3339. */
  at: string;
}
const placeOf = (userId: string): string => `word:${userId}`;

/** Keeps it with the open sign-up, for the browser that came last by this identity: nobody else has the identity of a pending account. */
export async function keepWord(
  db: Database,
  { sealing }: Pick<FederationDeps, 'sealing'>,
  { proof, groups, provider, browser }: Pick<Word, 'proof' | 'groups'> & { provider: Provider; browser: string | undefined },
  at: Date,
): Promise<void> {
  const { userId } = proof.first;
  const { issuer, clientId } = provider.client;
  const word: Word = { proof, groups, issuer, clientId, at: at.toISOString() };
  await db
    .update(signups)
    .set({ browserHash: sha256(browser ?? newId()), wordSealed: sealing.seal(word, placeOf(userId)) })
    .where(eq(signups.userId, userId));
}

/** The rules of the tenant's provider as they are now; undefined when it is off, gone, or another one than said the word. */
async function rulesOf({ doors }: FederationDeps, db: Database, word: Word, tenantId: string, id: string): Promise<TenantRules | undefined> {
  const [row] = await db
    .select()
    .from(identityProviders)
    .where(and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.id, id), eq(identityProviders.enabled, true)));
  const isSame = row?.issuer === word.issuer && row.clientId === word.clientId;
  return isSame && (await doors.isOpen(db, tenantId)) ? row : undefined;
}

export function createLatecomers(deps: FederationDeps): Latecomers {
  const { doors, memberships, installed, roles, sealing } = deps;

  /** Answers whether rights changed; undefined for whom the tenant would not let in now. */
  async function entered(db: Database, person: PersonRef, word: Word, tenantId: string, at: Date): Promise<boolean | undefined> {
    const id = word.proof.first.provider!.id;
    const tenant = await rulesOf(deps, db, word, tenantId, id);
    if (!tenant) return undefined;
    const isActive = (await memberships.of(db, person.id)).some((one) => one.tenantId === tenantId);
    // A member who is none of the active ones was suspended: that is not undone by coming again.
    if (!isActive && (await doors.isMember(db, tenantId, person.id))) return undefined;
    try {
      return await enterTenant(deps, db, person, { id, tenant, groups: word.groups }, at);
    } catch (error) {
      // No seat, or no role for these groups any more: the address is confirmed all the same, and the next sign-in says why.
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  /** The word of a tenant's provider about two factors counts while the person works in that tenant alone. */
  async function firstOf(db: Database, { proof: { first, tenantId }, at: said }: Word, at: Date): Promise<FirstFactor> {
    const isFresh = at.getTime() - Date.parse(said) <= FRESH;
    const isTheirs = tenantId === null || (await memberships.of(db, first.userId)).every((one) => one.tenantId === tenantId);
    return isFresh && isTheirs ? { ...first, amr: [...first.amr, 'email'] } : { ...first, amr: ['fed', 'email'], level: 1 };
  }

  return {
    async welcome(db, person, sealed, at) {
      const word = sealing.open(sealed, placeOf(person.id)) as Word | undefined;
      if (!word || at.getTime() - Date.parse(word.at) > LIFE) return undefined;
      const { first, tenantId } = word.proof;
      const isInstalled = installed.some(({ client }) => client.id === first.provider?.id && client.issuer === word.issuer);
      const rightsChanged = tenantId === null ? (isInstalled ? false : undefined) : await entered(db, person, word, tenantId, at);
      return rightsChanged === undefined ? undefined : { first: await firstOf(db, word, at), rightsChanged };
    },
    rightsChanged: roles.changed,
  };
}
