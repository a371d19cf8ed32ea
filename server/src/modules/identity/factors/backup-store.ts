import type { Database } from '#kernel/database.ts';
import { and, count, eq, isNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { mintBackupCodes, readBackupCode } from './backup-codes.ts';
import { backupCodes } from './tables.ts';
import type { Vault } from './vault.ts';

const hmacOf = (vault: Vault, userId: string, code: string): string => vault.hash('backup', userId, code);

/** Ten new codes in place of all old ones. They are in the answer and nowhere else. */
export async function replaceBackupCodes(db: Database, vault: Vault, userId: string, at: Date): Promise<string[]> {
  const codes = mintBackupCodes();
  await db.delete(backupCodes).where(eq(backupCodes.userId, userId));
  await db.insert(backupCodes).values(codes.map((code) => ({ id: newId(), userId, codeHmac: hmacOf(vault, userId, code), createdAt: at })));
  return codes;
}

export async function backupCodesLeft(db: Database, userId: string): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(backupCodes)
    .where(and(eq(backupCodes.userId, userId), isNull(backupCodes.usedAt)));
  return row!.left;
}

/** One UPDATE: of parallel callers with the same code one finds it unused. */
export async function spendBackupCode(db: Database, vault: Vault, userId: string, typed: string, at: Date): Promise<boolean> {
  const code = readBackupCode(typed);
  if (code === undefined) return false;
  const used = await db
    .update(backupCodes)
    .set({ usedAt: at })
    .where(and(eq(backupCodes.userId, userId), eq(backupCodes.codeHmac, hmacOf(vault, userId, code)), isNull(backupCodes.usedAt)));
  return used.rowCount === 1;
}
