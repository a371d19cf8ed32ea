import type { Database } from '#kernel/database.ts';
import { and, eq, gt, isNull, lt, sql } from '#kernel/drizzle.ts';
import { randomToken, sha256 } from '#kernel/ids.ts';
import type { Amr, ProviderIdentity } from '../sessions/types.ts';
import type { Factor, Pending } from './port.ts';
import { besides, FACTORS } from './rules.ts';
import { loginChallenges } from './tables.ts';
import type { Vault } from './vault.ts';

export interface Challenge {
  idHash: string;
  userId: string;
  amr: readonly Amr[];
  factors: readonly Factor[];
  arrival: (typeof loginChallenges.$inferSelect)['arrival'];
  provider: ProviderIdentity | undefined;
  /** Tries so far. */
  attempts: number;
}

const placeOf = (idHash: string): string[] => ['login-challenge', idHash];
const isOpen = (idHash: string, at: Date) =>
  and(
    eq(loginChallenges.idHash, idHash),
    isNull(loginChallenges.consumedAt),
    gt(loginChallenges.expiresAt, at),
    lt(loginChallenges.attempts, FACTORS.challenge.tries),
  );

export async function openChallenge(
  db: Database,
  vault: Vault,
  { userId, amr, factors, arrival, provider }: Pending,
  at: Date,
): Promise<{ challengeId: string; expiresAt: Date }> {
  const challengeId = randomToken(32);
  const idHash = sha256(challengeId);
  const expiresAt = new Date(at.getTime() + FACTORS.challenge.lives);
  const { kind, tenant, rememberMe } = arrival;
  const providerSealed = provider ? vault.seal(placeOf(idHash), Buffer.from(JSON.stringify(provider))) : null;
  await db.insert(loginChallenges).values({
    idHash, userId, amr: [...amr], factors: besides(factors, amr), arrival: { kind, tenant, rememberMe }, providerSealed, createdAt: at, expiresAt,
  }); // prettier-ignore
  return { challengeId, expiresAt };
}

/** A challenge that can still be answered, under lock, so that tries at it take turns. */
export async function liveChallenge(db: Database, vault: Vault, challengeId: string, at: Date): Promise<Challenge | undefined> {
  const idHash = sha256(challengeId);
  const [row] = await db.select().from(loginChallenges).where(isOpen(idHash, at)).for('update');
  if (!row) return undefined;
  const { userId, amr, factors, arrival, providerSealed, attempts } = row;
  const provider =
    providerSealed === null ? undefined : (JSON.parse(vault.open(placeOf(idHash), providerSealed).toString('utf8')) as ProviderIdentity);
  return { idHash, userId, amr: amr as Amr[], factors: factors as Factor[], arrival, provider, attempts };
}

export const countTry = async (db: Database, idHash: string): Promise<void> =>
  void (await db
    .update(loginChallenges)
    .set({ attempts: sql`${loginChallenges.attempts} + 1` })
    .where(eq(loginChallenges.idHash, idHash)));

/**
 * Takes the challenge for a proof that is about to be looked at; false when another has let in with it. Before anything else in the
 * transaction: tries take the challenge first and the counters then, in every transaction.
 */
export async function holdChallenge(db: Database, idHash: string, at: Date): Promise<boolean> {
  const isLive = and(eq(loginChallenges.idHash, idHash), isNull(loginChallenges.consumedAt), gt(loginChallenges.expiresAt, at));
  const rows = await db.select({ idHash: loginChallenges.idHash }).from(loginChallenges).where(isLive).for('update');
  return rows.length === 1;
}

/** A challenge lets in once. The caller holds it. */
export const consumeChallenge = async (db: Database, idHash: string, at: Date): Promise<void> =>
  void (await db.update(loginChallenges).set({ consumedAt: at, providerSealed: null }).where(eq(loginChallenges.idHash, idHash)));

/** A first factor that was proven before counts no more: the password is another now. */
export const dropChallenges = async (db: Database, userId: string): Promise<void> =>
  void (await db.delete(loginChallenges).where(eq(loginChallenges.userId, userId)));

export const sweepChallenges = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(loginChallenges).where(lt(loginChallenges.expiresAt, at)));
