import { and, eq, inArray, lt, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import { Problem } from '#kernel/problem.ts';
import type { Reached } from '../applying/following.ts';
import type { Seen } from '../applying/seen.ts';
import { findConnection } from '../find.ts';
import { reasonOf } from '../looking/reasons.ts';
import { routeReader } from '../looking/routes.ts';
import type { Verbs } from '../ssh/verbs.ts';
import { dayOf, isToAsk } from './rules.ts';
import { portOf } from './sessions.ts';
import { memberSessions, refusals, type SessionRow } from './tables.ts';

/** So many sessions a look asks about at the most; whoever waits longest is first. */
const MOST = 20;
const MOST_ROUTES = 10_000;
const ASK_MS = 10_000;

interface Question {
  row: SessionRow;
  mark: string;
}
/** One reason for which routes of a session are refused, with the first of them. */
interface Refused {
  code: number;
  title: string;
  prefix: string;
  routes: number;
}
interface Answer extends Question {
  refused: Refused[];
}

async function questions({ tx, now }: TenantJob, { server }: Reached, { protocols }: Seen): Promise<Question[]> {
  const marks = new Map(protocols.flatMap(({ name, filtered, imported }) => (filtered > 0 ? [[name, `${imported}/${filtered}`] as const] : [])));
  if (marks.size === 0) return [];
  const rows = await tx(({ db, tenantId }) =>
    db
      .select()
      .from(memberSessions)
      .where(
        and(eq(memberSessions.tenantId, tenantId), eq(memberSessions.routeServerId, server.id), inArray(memberSessions.protocol, [...marks.keys()])),
      )
      .orderBy(sql`${memberSessions.askedAt} nulls first`),
  );
  return rows
    .map((row) => ({ row, mark: marks.get(row.protocol)! }))
    .filter(({ row, mark }) => isToAsk(row, mark, now()))
    .slice(0, MOST);
}

async function reasonsOf(verbs: Verbs, protocol: string, rsAsn: number): Promise<Refused[]> {
  const reader = routeReader(MOST_ROUTES);
  await verbs.show(`filtered ${protocol}`, ASK_MS, (part) => reader.push(part));
  const found = new Map<number, Refused>();
  for (const route of reader.end().routes) {
    const { code, title } = reasonOf(route, rsAsn);
    const known = found.get(code ?? 0);
    if (known) known.routes += 1;
    else found.set(code ?? 0, { code: code ?? 0, title, prefix: route.prefix, routes: 1 });
  }
  return [...found.values()];
}

/** Why a server refuses routes, of the sessions of which that may have changed. Where it does not answer it is asked with the next look. */
export async function askRefused(job: TenantJob, reached: Reached, seen: Seen, verbs: Verbs): Promise<Answer[]> {
  const answers: Answer[] = [];
  try {
    for (const question of await questions(job, reached, seen))
      answers.push({ ...question, refused: await reasonsOf(verbs, question.row.protocol, reached.fabric.rsAsn) });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return answers;
}

type Writer = Parameters<Parameters<TenantJob['tx']>[0]>[0];

/** The first of its reason on this day, for this connection: on whichever server it was seen, and whoever saw it. */
async function isFirst({ db, tenantId, now }: Writer, connectionId: string, code: number): Promise<boolean> {
  const day = dayOf(now());
  const rows = await db
    .insert(refusals)
    .values({ tenantId, id: newId(), connectionId, code, day, createdAt: now(), updatedAt: now() })
    .onConflictDoUpdate({ target: [refusals.tenantId, refusals.connectionId, refusals.code], set: { day, updatedAt: now() }, setWhere: lt(refusals.day, day) })
    .returning({ id: refusals.id });
  return rows.length > 0;
} // prettier-ignore

export async function keepRefused(ctx: Writer, { server, fabric }: Reached, answers: readonly Answer[]): Promise<void> {
  const { db, tenantId, now, emit } = ctx;
  for (const { row, mark, refused } of answers) {
    const { connectionId, protocol } = row;
    const asked = and(eq(memberSessions.tenantId, tenantId), eq(memberSessions.id, row.id));
    await db.update(memberSessions).set({ askedMark: mark, askedAt: now(), updatedAt: now() }).where(asked);
    // In the same order whoever writes them down.
    for (const one of refused.toSorted((a, b) => a.code - b.code)) {
      if (!(await isFirst(ctx, connectionId, one.code))) continue;
      const { asn } = (await findConnection(ctx, connectionId)).participant;
      const summary = `AS${asn} on ${server.handle}: ${one.prefix} is refused: ${one.title}`;
      const where = { routeServerId: server.id, routeServer: server.handle, fabricId: fabric.id, fabric: fabric.slug };
      emit('exchange.prefix.refused', { portId: await portOf(ctx, connectionId), connectionId, asn, protocol, ...where, ...one, summary });
    }
  }
}
