import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { and, eq } from '#kernel/drizzle.ts';
import { canonicalJson, newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Ask, Kind, Page, Row } from './kind.ts';
import type { InTenant } from './rows.ts';
import { reportPictures } from './tables.ts';

/** Rows of one picture: more are no report that anybody reads, and they are held in memory. */
const MOST = 50_000;
const KEPT_MS = 400 * 86_400_000;

const keyOf = ({ key: kind }: Kind, { from, to, cutoff, filters, reach }: Ask): string =>
  createHash('sha256').update(canonicalJson({ kind, from: from.toISOString(), to: to.toISOString(), cutoff: cutoff.toISOString(), filters, reach })).digest('hex'); // prettier-ignore

/** The rows of a picture that was taken; undefined when there is none. */
export async function pictureOf(kind: Kind, ask: Ask, inTenant: InTenant): Promise<Row[] | undefined> {
  const wanted = and(eq(reportPictures.tenantId, ask.tenantId), eq(reportPictures.key, keyOf(kind, ask)));
  const [found] = await inTenant((db) => db.select({ data: reportPictures.data }).from(reportPictures).where(wanted));
  return found && (JSON.parse(gunzipSync(found.data).toString('utf8')) as Row[]);
}

/** Takes the picture and keeps it, unless there is one. Throws `validation-failed` for a moment that has passed, and `report-too-large`. */
export async function takePicture(kind: Kind, ask: Ask, at: Date, inTenant: InTenant): Promise<void> {
  if (await pictureOf(kind, ask, inTenant)) return;
  if (ask.cutoff < at)
    throw new Problem('validation-failed', `The report ${kind.key} is a picture of the moment, and none was taken at that cut-off with these parameters.`, {
      errors: [{ pointer: '/cutoff', message: 'Leave it out, or give that of a report that was made' }],
    }); // prettier-ignore
  const rows: Row[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const begun = after ?? null;
    const page: Page = await inTenant((db) => kind.page(db, ask, begun));
    rows.push(...page.rows);
    if (rows.length > MOST) throw new Problem('report-too-large', `More than ${MOST} rows match. Narrow the filters.`);
    after = page.next;
  }
  const data = gzipSync(JSON.stringify(rows), { level: 3 });
  const picture = {
    tenantId: ask.tenantId,
    id: newId(),
    key: keyOf(kind, ask),
    rows: rows.length,
    data,
    expiresAt: new Date(at.getTime() + KEPT_MS),
  };
  await inTenant((db) => db.insert(reportPictures).values(picture).onConflictDoNothing());
}
