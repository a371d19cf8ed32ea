import type { ReadContext } from '#kernel/context.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { Vault } from '../providers/port.ts';
import { secretVersions, type SecretRow, type SecretVersionRow } from '../tables.ts';

/** The version in force of each, by id of the secret. */
async function currentVersions({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, rows: readonly SecretRow[]): Promise<Map<string, SecretVersionRow>> {
  const found = new Map<string, SecretVersionRow>();
  for (const [number, same] of Map.groupBy(rows, (row) => row.currentVersion)) {
    const ids = same.map(({ id }) => id);
    const wanted = and(eq(secretVersions.tenantId, tenantId), eq(secretVersions.number, number), inArray(secretVersions.secretId, ids));
    for (const version of await db.select().from(secretVersions).where(wanted)) found.set(version.secretId, version);
  }
  return found;
} // prettier-ignore

/** Opens the value in force of each, in the order given; of more than `most` bytes none. Whoever asks has to write the access down before it goes anywhere. Throws `secret-export-too-large`. */
export async function openValues(
  ctx: Pick<ReadContext, 'db' | 'tenantId' | 'provider'>,
  rows: readonly SecretRow[],
  most = Infinity,
): Promise<string[]> {
  const versions = await currentVersions(ctx, rows);
  const bytes = [...versions.values()].reduce((sum, version) => sum + version.bytes, 0);
  if (bytes > most)
    throw new Problem('secret-export-too-large', `The values are more than ${most / 1024 / 1024} MiB together. Name a project or an environment.`);
  const vault = ctx.provider(Vault);
  const values: string[] = [];
  for (const row of rows) {
    const version = versions.get(row.id);
    if (!version) throw new Error(`secret ${row.id} has no version ${row.currentVersion}`);
    values.push(await vault.open(ctx.db, row, version));
  }
  return values;
}
