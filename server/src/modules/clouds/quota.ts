import type { Database } from '#kernel/database.ts';
import { and, count, eq, isNull, sql } from '#kernel/drizzle.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import { quotas, servers } from './tables.ts';

interface Amount {
  servers: number;
  vcpus: number;
}
/** Until a subscription says otherwise. */
const DEFAULT_QUOTA: Amount = { servers: 100, vcpus: 800 };

interface Reader {
  db: Database;
  tenantId: string;
}

/** What the living servers take up, requested ones included: so a reservation cannot leak, it is the row itself. */
async function used({ db, tenantId }: Reader): Promise<Amount> {
  const [row] = await db
    .select({ servers: count(), vcpus: sql<string>`coalesce(sum(${servers.reservedVcpus}), 0)` })
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), isNull(servers.deletedAt)));
  return { servers: row!.servers, vcpus: Number(row!.vcpus) };
}

async function limitOf({ db, tenantId }: Reader): Promise<Amount> {
  const [row] = await db.select().from(quotas).where(eq(quotas.tenantId, tenantId));
  return row ? { servers: row.servers, vcpus: row.vcpus } : DEFAULT_QUOTA;
}

/** Throws `plan-quota-exceeded` when `more` does not fit. */
function requireQuota(limit: Amount, taken: Amount, more: Amount): void {
  for (const what of ['servers', 'vcpus'] as const) {
    if (more[what] <= 0 || taken[what] + more[what] <= limit[what]) continue;
    const word = what === 'servers' ? 'servers' : 'vCPU';
    throw new Problem(
      'plan-quota-exceeded',
      `The tenant may have ${limit[what]} ${word}; ${taken[what]} are in use and this asks for ${more[what]} more.`,
      {
        limit: limit[what],
        used: taken[what],
        requested: more[what],
        quota: what,
      },
    );
  }
}

const line = (name: string, limit: number, before: number, more: number) => ({ name, limit, before, after: before + more });

/** For a plan: refuses what cannot fit, and shows how much of the quota is used before and after. */
export async function quotaLines(reader: Reader, more: Amount): Promise<NonNullable<Plan['quota']>> {
  const [limit, taken] = [await limitOf(reader), await used(reader)];
  requireQuota(limit, taken, more);
  return [line('servers', limit.servers, taken.servers, more.servers), line('vCPU', limit.vcpus, taken.vcpus, more.vcpus)];
}

/** In the transaction that starts a job: counts again while nobody else can, so two at once cannot both take the last place. */
export async function reserve(reader: Reader, more: Amount): Promise<void> {
  const { db, tenantId } = reader;
  await db
    .insert(quotas)
    .values({ tenantId, id: tenantId, ...DEFAULT_QUOTA })
    .onConflictDoNothing();
  await db.select().from(quotas).where(eq(quotas.tenantId, tenantId)).for('update');
  requireQuota(await limitOf(reader), await used(reader), more);
}
