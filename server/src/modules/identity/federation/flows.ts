import type { Database } from '#kernel/database.ts';
import { eq, lt } from '#kernel/drizzle.ts';
import { randomToken, sha256 } from '#kernel/ids.ts';
import type { FirstFactor } from '../sessions/types.ts';
import type { Sealing } from '../sessions/sealing.ts';
import { sameHash } from '../tokens.ts';
import type { Begun } from './relying-party.ts';
import { FLOW } from './rules.ts';
import { oauthCodes, oauthFlows } from './tables.ts';
import type { Purpose } from './types.ts';

/** What a flow is begun with. `browser` is the value of the cookie that brings it back. */
export interface Opening {
  provider: string;
  purpose: Purpose;
  browser: string;
  returnTo: string;
  redirectUri: string;
  link?: { userId: string; sessionId: string } | undefined;
}
export type Flow = Omit<typeof oauthFlows.$inferSelect, 'verifierSealed'> & { verifier: string };

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const placeOf = (stateHash: string): string => `oauth-flow:${stateHash}`;

/** State, nonce and verifier of 256 random bits each. The state is stored as a hash, the verifier sealed: a copy of the table finishes no flow. */
export async function openFlow(
  db: Database,
  sealing: Sealing,
  { provider, purpose, browser, returnTo, redirectUri, link }: Opening,
  at: Date,
): Promise<Begun & { expiresAt: Date }> {
  const state = randomToken(FLOW.randomBytes);
  const begun = { state, nonce: randomToken(FLOW.randomBytes), verifier: randomToken(FLOW.randomBytes), redirectUri };
  const stateHash = sha256(state);
  const expiresAt = after(at, FLOW.life);
  await db.insert(oauthFlows).values({
    stateHash,
    provider,
    purpose,
    nonce: begun.nonce,
    verifierSealed: sealing.seal(begun.verifier, placeOf(stateHash)),
    browserHash: sha256(browser),
    userId: link?.userId ?? null,
    sessionId: link?.sessionId ?? null,
    returnTo,
    createdAt: at,
    expiresAt,
  });
  return { ...begun, expiresAt };
}

/** Uses a flow up, whoever comes with its state: what is replayed finds nothing. Why it cannot go on is told by a word. */
export async function takeFlow(
  db: Database,
  sealing: Sealing,
  { state, browser, provider }: { state: string; browser: string | undefined; provider: string },
  at: Date,
): Promise<Flow | 'lost' | 'expired'> {
  const [row] = await db
    .delete(oauthFlows)
    .where(eq(oauthFlows.stateHash, sha256(state)))
    .returning();
  if (!row || browser === undefined || !sameHash(row.browserHash, sha256(browser)) || row.provider !== provider) return 'lost';
  if (row.expiresAt <= at) return 'expired';
  const verifier = sealing.open(row.verifierSealed, placeOf(row.stateHash));
  return typeof verifier === 'string' ? { ...row, verifier } : 'lost';
}

/** What the page that the browser came back to may turn into a session, once. */
export interface Proof {
  first: FirstFactor;
  /** Tenant whose own provider it was. */
  tenantId: string | null;
}

export async function openCode(db: Database, sealing: Sealing, proof: Proof, browser: string, at: Date): Promise<string> {
  const code = randomToken(FLOW.randomBytes);
  const codeHash = sha256(code);
  await db.insert(oauthCodes).values({
    codeHash,
    userId: proof.first.userId,
    browserHash: sha256(browser),
    proofSealed: sealing.seal(proof, `oauth-code:${codeHash}`),
    createdAt: at,
    expiresAt: after(at, FLOW.codeLife),
  });
  return code;
}

/** Undefined for a code that is unknown, used, over, or of another browser; it is used up in any case. */
export async function takeCode(db: Database, sealing: Sealing, code: string, browser: string | undefined, at: Date): Promise<Proof | undefined> {
  const [row] = await db
    .delete(oauthCodes)
    .where(eq(oauthCodes.codeHash, sha256(code)))
    .returning();
  if (!row || row.expiresAt <= at || browser === undefined || !sameHash(row.browserHash, sha256(browser))) return undefined;
  return sealing.open(row.proofSealed, `oauth-code:${row.codeHash}`) as Proof | undefined;
}

/** Flows that were not finished are of no use to anybody. */
export async function sweepFlows(db: Database, at: Date): Promise<void> {
  await db.delete(oauthFlows).where(lt(oauthFlows.expiresAt, at));
  await db.delete(oauthCodes).where(lt(oauthCodes.expiresAt, at));
}
