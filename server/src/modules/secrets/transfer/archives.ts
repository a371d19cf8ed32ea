import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, gt, isNotNull, lte } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Archives } from './port.ts';
import { secretExports } from './tables.ts';

const placeOf = (tenantId: string, id: string) => ({ tenantId, table: 'secret_exports', row: id, field: 'sealed' });
const gone = () =>
  new Problem('secret-export-gone', 'There is no such file any more: it is handed out once, within five minutes, to whoever asked for it. Export again.'); // prettier-ignore

export const createArchives = ({ databases, sealer, now }: { databases: Databases; sealer: Sealer; now: Clock }): Archives => ({
  seal: (db, { tenantId, id }, archive) => sealer.seal(db, placeOf(tenantId, id), archive.toString('base64')),
  async take({ tenantId, id: actorId }, id) {
    if (!isUuid(id)) throw gone();
    return databases.tenant({ tenantId, actorId, operation: 'secrets.exports.download' }, async (db) => {
      const at = now();
      const open = and(
        eq(secretExports.tenantId, tenantId),
        eq(secretExports.id, id),
        eq(secretExports.requestedBy, actorId),
        gt(secretExports.expiresAt, at),
        isNotNull(secretExports.sealed),
      );
      // The lock makes the second of two at once wait, and find nothing.
      const [row] = await db.select().from(secretExports).where(open).for('update');
      if (!row) throw gone();
      const archive = Buffer.from(await sealer.open(db, placeOf(tenantId, id), row.sealed!), 'base64');
      await db.update(secretExports).set({ sealed: null, downloadedAt: at, updatedAt: at }).where(open);
      return { filename: row.filename, archive };
    });
  },
});

const KEPT_DAYS = 30;

/** Lets archives go whose time is over, and forgets exports of long ago; the audit trail does not. */
export async function sweepExports(db: Database, at: Date): Promise<void> {
  await db
    .update(secretExports)
    .set({ sealed: null, updatedAt: at })
    .where(and(isNotNull(secretExports.sealed), lte(secretExports.expiresAt, at)));
  await db.delete(secretExports).where(lte(secretExports.createdAt, new Date(at.getTime() - KEPT_DAYS * 86_400_000)));
}
