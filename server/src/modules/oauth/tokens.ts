import type { Database } from '#kernel/database.ts';
import { and, eq, gt, isNull, lt } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { OAuthDeps } from './deps.ts';
import type { Authorization, Concerned, Issued } from './providers/port.ts';
import { endpointOf, isWithin, LIVES, lower, resourceOf, riskOf, verifierFits } from './rules.ts';
import { codes, grants, tokens, type GrantRow } from './tables.ts';

const invalid = (detail: string): Problem => new Problem('oauth-invalid-grant', detail);
/** One answer for whatever is wrong with a code, so that trying tells nothing. */
const NO_CODE = 'The code is unknown, over, used before, or was made for another program.';
const NO_REFRESH = 'The refresh token is unknown, over, used before, or was made for another program.';

const concernedBy = ({ id, userId, tenantId, clientId, clientName }: GrantRow): Concerned => ({
  grantId: id,
  userId,
  tenantId,
  clientId,
  clientName,
});

/** A pair of tokens; only hashes of them are stored. */
async function issue(
  db: Database,
  grant: GrantRow,
  { familyId, risk, most = risk }: { familyId: string; risk: Risk; most?: Risk },
  at: Date,
): Promise<Issued & { concerned: Concerned }> {
  const accessToken = `swa_${randomToken(32)}`;
  const refreshToken = `swf_${randomToken(32)}`;
  const row = (kind: 'access' | 'refresh', token: string, goes: Risk) => ({
    id: newId(), grantId: grant.id, familyId, kind, hash: sha256(token), risk: goes, createdAt: at, expiresAt: new Date(at.getTime() + LIVES[kind]), spentAt: null,
  }); // prettier-ignore
  await db.insert(tokens).values([row('access', accessToken, risk), row('refresh', refreshToken, most)]);
  return { accessToken, refreshToken, expiresIn: LIVES.access / 1_000, risk, concerned: concernedBy(grant) };
}

/** RFC 8707: a token may be asked for the endpoint that was agreed to, and for no other. */
function isSameTarget(publicUrl: string, resource: string | undefined, { audience }: GrantRow): boolean {
  const found = resourceOf(publicUrl, resource);
  return resource === undefined || (found !== undefined && endpointOf(publicUrl, found.slug) === audience);
}
const wrongTarget = (): Problem => new Problem('oauth-invalid-target', 'The resource is not the one that was agreed to.');

const endFamily = async (db: Database, familyId: string): Promise<void> => void (await db.delete(tokens).where(eq(tokens.familyId, familyId)));

/** Carried out of the transaction, so that what reuse ends stays ended although the call is refused. */
type Outcome = (Issued & { concerned: Concerned }) | { refused: Problem; reused?: Concerned };

type Part = Pick<Authorization, 'exchange' | 'refresh' | 'revoke'>;

/** From codes to tokens, and from tokens to the next ones. `reused`: told when something was presented twice. */
export function createTokens({ databases, now, publicUrl, ended, reused }: OAuthDeps & { reused: (whose: Concerned) => void }): Part {
  async function settled(reason: string, work: (db: Database) => Promise<Outcome>): Promise<Issued & { concerned: Concerned }> {
    const outcome = await databases.platform(reason, work);
    if (!('refused' in outcome)) return outcome;
    if (outcome.reused) {
      ended();
      reused(outcome.reused);
    }
    throw outcome.refused;
  }

  return {
    exchange: ({ code, clientId, redirectUri, verifier, resource }) =>
      settled('exchange code', async (db) => {
        const at = now();
        const [row] = await db.select({ code: codes, grant: grants }).from(codes).innerJoin(grants, eq(grants.id, codes.grantId)).where(eq(codes.hash, sha256(code))).for('update'); // prettier-ignore
        if (!row || row.grant.revokedAt) return { refused: invalid(NO_CODE) };
        const { code: found, grant } = row;
        if (found.spentAt) {
          await endFamily(db, found.familyId);
          return { refused: invalid(NO_CODE), reused: concernedBy(grant) };
        }
        // Whoever presents it first spends it, be it right or wrong: there is one try.
        await db.update(codes).set({ spentAt: at }).where(eq(codes.id, found.id));
        const fits = grant.clientId === clientId && found.redirectUri === redirectUri && verifierFits(verifier, found.challenge);
        if (!fits || found.expiresAt <= at) return { refused: invalid(NO_CODE) };
        if (!isSameTarget(publicUrl, resource, grant)) return { refused: wrongTarget() };
        return issue(db, grant, { familyId: found.familyId, risk: lower(found.risk, grant.risk) }, at);
      }),
    refresh: ({ token, clientId, scope, resource }) =>
      settled('refresh token', async (db) => {
        const at = now();
        const [row] = await db.select({ token: tokens, grant: grants }).from(tokens).innerJoin(grants, eq(grants.id, tokens.grantId)).where(and(eq(tokens.hash, sha256(token)), eq(tokens.kind, 'refresh'))).for('update'); // prettier-ignore
        if (!row || row.grant.revokedAt || row.grant.clientId !== clientId || row.token.expiresAt <= at) return { refused: invalid(NO_REFRESH) };
        const { token: found, grant } = row;
        if (found.spentAt && at.getTime() - found.spentAt.getTime() > LIVES.grace) {
          await endFamily(db, found.familyId);
          return { refused: invalid(NO_REFRESH), reused: concernedBy(grant) };
        }
        const most = lower(found.risk, grant.risk);
        const asked = scope === undefined ? most : riskOf(scope);
        if (asked === undefined || !isWithin(asked, most)) return { refused: new Problem('oauth-invalid-scope', 'No more than what was agreed to can be asked for.') }; // prettier-ignore
        if (!isSameTarget(publicUrl, resource, grant)) return { refused: wrongTarget() };
        await db
          .update(tokens)
          .set({ spentAt: at })
          .where(and(eq(tokens.id, found.id), isNull(tokens.spentAt)));
        return issue(db, grant, { familyId: found.familyId, risk: asked, most }, at);
      }),
    async revoke(token, clientId) {
      const whose = await databases.platform('revoke token', async (db) => {
        const [row] = await db.select({ token: tokens, grant: grants }).from(tokens).innerJoin(grants, eq(grants.id, tokens.grantId)).where(eq(tokens.hash, sha256(token))); // prettier-ignore
        if (!row || row.grant.clientId !== clientId) return undefined;
        await endFamily(db, row.token.familyId);
        return concernedBy(row.grant);
      });
      ended();
      return whose;
    },
  };
}

/** What is long over: spent codes and refresh tokens are kept until then, to be recognised when they come again. As the platform, by the clock. */
export async function sweepTokens(db: Database, now: Date): Promise<void> {
  await db.delete(tokens).where(lt(tokens.expiresAt, now));
  await db.delete(codes).where(lt(codes.expiresAt, new Date(now.getTime() - LIVES.access)));
  await db.delete(grants).where(and(lt(grants.revokedAt, new Date(now.getTime() - LIVES.refresh))));
}

const TOUCH_MS = 60_000;

/** The resource server's side: what a live access token says. Runs as the platform, at each call that is not remembered. */
export async function findAgent(db: Database, hash: string, { at, ip }: { at: Date; ip: string | null }) {
  const good = and(eq(tokens.hash, hash), eq(tokens.kind, 'access'), gt(tokens.expiresAt, at), isNull(grants.revokedAt));
  const [row] = await db.select({ token: tokens, grant: grants }).from(tokens).innerJoin(grants, eq(grants.id, tokens.grantId)).where(good);
  if (!row) return undefined;
  const { grant, token } = row;
  if (grant.lastUsedAt === null || at.getTime() - grant.lastUsedAt.getTime() >= TOUCH_MS)
    await db.update(grants).set({ lastUsedAt: at, lastUsedIp: ip }).where(eq(grants.id, grant.id));
  const { id: grantId, userId, tenantId, clientId, clientName, audience, provenAt } = grant;
  return { grantId, userId, tenantId, clientId, clientName, audience, provenAt, risk: lower(token.risk, grant.risk), endsAt: token.expiresAt };
}

/** How far the consent goes now; undefined when it has ended. Runs as the platform. */
export async function riskOfGrant(db: Database, grantId: string): Promise<Risk | undefined> {
  const [grant] = await db
    .select({ risk: grants.risk })
    .from(grants)
    .where(and(eq(grants.id, grantId), isNull(grants.revokedAt)));
  return grant?.risk;
}
