import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Reached } from '../applying/following.ts';
import { FINDING_CLASSES, type Finding } from '../applying/schemas.ts';
import { isAttended } from '../maintaining/standing.ts';
import { isMended, modeOf, severityOf } from './rules.ts';
import type { FindingClass, Mode } from './schemas.ts';
import { currentOf, keepFindings, repairsOf } from './store.ts';
import { findings, type FindingRow } from './tables.ts';

/** A BIRD that does not answer, or is about to go back by itself, hides all else. */
const HIDING: ReadonlySet<FindingClass> = new Set(['bird_down', 'foreign_unconfirmed']);
const lookedAt = (classes: readonly FindingClass[]): ReadonlySet<FindingClass> => (classes.some((kind) => HIDING.has(kind)) ? HIDING : new Set(FINDING_CLASSES)); // prettier-ignore

const isHeld = ({ holdUntil }: Reached['access'], now: Date): boolean => holdUntil !== null && holdUntil > now;
const isLeft = ({ state, ignoredUntil }: FindingRow, now: Date): boolean => state === 'ignored' && (ignoredUntil === null || ignoredUntil > now);

/** What a look at a server found, and what is to be done about it. */
export async function keepOfServer(ctx: WorkContext, { server, access, fabric }: Reached, found: readonly Finding[]): Promise<ReadonlySet<Mode>> {
  const now = ctx.now();
  const routeServerId = server.id;
  const ignored = new Set((await currentOf(ctx, { routeServerId })).filter((row) => isLeft(row, now)).map((row) => row.class));
  const repairs = await repairsOf(ctx, routeServerId);
  const classes = found.map((one) => one.class);
  const isFree = !isHeld(access, now) && !(await isAttended(ctx, server));
  const standing = { follows: access.follow && access.followedBy !== null && isFree, repairs, classes, ignored };
  const rows = found.map(({ class: kind, detail }) => ({ class: kind, detail, mode: modeOf(kind, standing), severity: severityOf(kind, repairs), fabricId: fabric.id })); // prettier-ignore
  await keepFindings(ctx, { routeServerId }, lookedAt(classes), rows);
  return new Set(rows.map(({ mode }) => mode));
}

/** What waits to be proposed to somebody; nothing where a Change waits already, or had been refused. */
export async function unproposed(ctx: WorkContext, routeServerId: string): Promise<string[]> {
  const rows = (await currentOf(ctx, { routeServerId })).filter(({ state, mode }) => state === 'open' && mode === 'propose');
  return rows.some(({ changeId }) => changeId !== null) ? [] : rows.map(({ id }) => id);
}

export async function proposed({ db, tenantId, now }: WorkContext, ids: readonly string[], changeId: string): Promise<void> {
  await db.update(findings).set({ changeId, updatedAt: now() }).where(and(eq(findings.tenantId, tenantId), inArray(findings.id, [...ids]))); // prettier-ignore
}

/** What differs on the server is nothing that is put right by itself: people were asked, or said to leave it alone. */
export async function isLeftToPeople(ctx: WorkContext, routeServerId: string): Promise<boolean> {
  const rows = (await currentOf(ctx, { routeServerId })).filter((row) => isMended(row.class));
  return rows.length > 0 && rows.every(({ state, mode }) => state === 'ignored' || mode !== 'auto');
}
