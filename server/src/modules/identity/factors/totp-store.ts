import type { Database } from '#kernel/database.ts';
import { and, eq, gt, isNotNull, isNull, lt, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { FACTORS } from './rules.ts';
import { mfaFactors } from './tables.ts';
import { newTotpSecret, totpStep } from './totp.ts';
import type { Vault } from './vault.ts';

const ofPerson = (userId: string) => and(eq(mfaFactors.userId, userId), eq(mfaFactors.kind, 'totp'));
const isVerified = isNotNull(mfaFactors.verifiedAt);

/** A new secret that waits for its first code; one that was waiting is dropped. */
export async function beginTotp(db: Database, vault: Vault, userId: string, at: Date): Promise<{ id: string; secret: Buffer; expiresAt: Date }> {
  await db.delete(mfaFactors).where(and(ofPerson(userId), isNull(mfaFactors.verifiedAt)));
  const id = newId();
  const secret = newTotpSecret();
  const expiresAt = new Date(at.getTime() + FACTORS.totp.setup);
  const secretSealed = vault.seal([userId, id], secret);
  await db.insert(mfaFactors).values({ id, userId, kind: 'totp', label: '', secretSealed, createdAt: at, expiresAt });
  return { id, secret, expiresAt };
}

/** The first code makes the waiting secret count, in place of the one before. `gone` when none is waiting any more. */
export async function confirmTotp(
  db: Database,
  vault: Vault,
  { userId, code, label }: { userId: string; code: string; label: string },
  at: Date,
): Promise<'confirmed' | 'wrong' | 'gone'> {
  const [row] = await db
    .select()
    .from(mfaFactors)
    .where(and(ofPerson(userId), isNull(mfaFactors.verifiedAt), gt(mfaFactors.expiresAt, at)))
    .for('update');
  if (!row) return 'gone';
  const step = totpStep(vault.open([userId, row.id], row.secretSealed!), code, null, at);
  if (step === undefined) return 'wrong';
  await db.delete(mfaFactors).where(and(ofPerson(userId), isVerified));
  await db.update(mfaFactors).set({ label, lastStep: step, verifiedAt: at, expiresAt: null, lastUsedAt: at }).where(eq(mfaFactors.id, row.id));
  return 'confirmed';
}

/** Is it a code that counts now and was not used before? It is used up with the answer, for parallel callers too. */
export async function spendTotp(db: Database, vault: Vault, userId: string, code: string, at: Date): Promise<boolean> {
  const [row] = await db
    .select()
    .from(mfaFactors)
    .where(and(ofPerson(userId), isVerified));
  const step = row && totpStep(vault.open([userId, row.id], row.secretSealed!), code, row.lastStep, at);
  if (step === undefined) return false;
  const used = await db
    .update(mfaFactors)
    .set({ lastStep: step, lastUsedAt: at })
    .where(and(eq(mfaFactors.id, row!.id), isVerified, or(isNull(mfaFactors.lastStep), lt(mfaFactors.lastStep, step))));
  return used.rowCount === 1;
}
