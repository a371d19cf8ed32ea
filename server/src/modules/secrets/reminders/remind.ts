import { and, asc, eq, gt, isNull, lte, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Teams } from '#kernel/teams.ts';
import type { WorkContext } from '#kernel/work.ts';
import { told } from '../events.ts';
import { DAY_MS } from '../rules.ts';
import { secrets, type SecretRow } from '../tables.ts';
import { Audience } from '../transfer/port.ts';
import { dueOf, STAGES, type Due } from './rules.ts';
import { secretReminders } from './tables.ts';

const BATCH = 500;

/** The team that answers for it; the owners where there is none, or nobody in it. */
async function recipientsOf({ db, tenantId, provider }: WorkContext, { ownerTeam }: SecretRow): Promise<string[]> {
  const team = ownerTeam === null ? [] : await provider(Teams).members(db, tenantId, ownerTeam);
  return team.length > 0 ? team.map(({ id }) => id) : provider(Audience).owners(db, tenantId);
}

async function remindOf(ctx: WorkContext, row: SecretRow, { what, dueAt, days }: Due): Promise<void> {
  const at = ctx.now();
  const said = { tenantId: ctx.tenantId, id: newId(), secretId: row.id, what, dueAt, days, createdAt: at, updatedAt: at };
  const first = await ctx.db.insert(secretReminders).values(said).onConflictDoNothing();
  if (first.rowCount === 0) return;
  ctx.emit('secret.expiring', { ...told(row), what, days, expiresAt: dueAt.toISOString(), recipients: await recipientsOf(ctx, row) }); // prettier-ignore
}

/** Tells of what expires or is to be rotated within 30, 7 and 1 days, of each once. */
export async function remind(ctx: WorkContext): Promise<void> {
  const { db, tenantId } = ctx;
  const now = ctx.now();
  const until = new Date(now.getTime() + STAGES.at(-1)! * DAY_MS);
  for (let after: string | undefined, more = true; more;) {
    const rows: SecretRow[] = await db
      .select()
      .from(secrets)
      .where(
        and(
          eq(secrets.tenantId, tenantId),
          isNull(secrets.deletedAt),
          or(lte(secrets.expiresAt, until), lte(secrets.rotateDueAt, until)),
          after === undefined ? undefined : gt(secrets.id, after),
        ),
      )
      .orderBy(asc(secrets.id))
      .limit(BATCH);
    for (const row of rows) for (const due of dueOf(row, now)) await remindOf(ctx, row, due);
    after = rows.at(-1)?.id;
    more = rows.length === BATCH;
  }
}
