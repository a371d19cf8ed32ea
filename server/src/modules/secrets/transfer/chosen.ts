import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq, inArray, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { secrets, type SecretRow } from '../tables.ts';
import type { Sheet } from './archive.ts';

/** What one file may hold: people carry so much from one place to another, and no machine should. */
export const MOST = 1_000;

export interface Choice {
  project?: string | null | undefined;
  environment?: string | null | undefined;
  names?: readonly string[] | undefined;
}

const place = (column: typeof secrets.project | typeof secrets.environment, wanted: string | null | undefined) =>
  wanted === undefined ? undefined : wanted === null ? isNull(column) : eq(column, wanted);

/** Living secrets and variables of the places and names asked for, as far as the caller reaches them. */
export async function chosenRows(ctx: ReadContext, { project, environment, names }: Choice): Promise<SecretRow[]> {
  const rows = await ctx.db
    .select()
    .from(secrets)
    .where(
      and(
        eq(secrets.tenantId, ctx.tenantId),
        isNull(secrets.deletedAt),
        place(secrets.project, project),
        place(secrets.environment, environment),
        names && inArray(secrets.name, [...names]),
        withinReach(ctx.reach, { type: 'secret', id: secrets.id, environment: secrets.environment, labels: secrets.tags }),
      ),
    )
    .orderBy(asc(secrets.project), asc(secrets.environment), asc(secrets.name))
    .limit(MOST + 1);
  if (rows.length > MOST) throw new Problem('secret-export-too-large', `There are more than ${MOST}. Name a project or an environment.`);
  if (rows.length === 0) throw new Problem('secret-not-found', 'There is no secret or variable that you reach at that place with those names.');
  return rows;
}

/** Values by where they lie; one file each. */
export function sheetsOf(rows: readonly SecretRow[], values: readonly string[]): Sheet[] {
  const sheets = new Map<string, Sheet & { values: { name: string; value: string }[] }>();
  for (const [at, { name, project, environment }] of rows.entries()) {
    const key = JSON.stringify([project, environment]);
    const sheet = sheets.get(key) ?? { project, environment, values: [] };
    sheet.values.push({ name, value: values[at]! });
    sheets.set(key, sheet);
  }
  return [...sheets.values()];
}
