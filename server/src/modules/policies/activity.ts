import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, desc, eq, gte, inArray, max } from '#kernel/drizzle.ts';
import { setOrNone } from './drafts.ts';
import type { PolicySet } from './engine/index.ts';
import { Policies } from './providers/port.ts';
import { PolicySetView, setView } from './schemas.ts';
import { isProtected } from './store.ts';
import { policyActivations, policyDecisions, type SetRow } from './tables.ts';

const DAYS = 7;
/** Decisions that are looked through at most, newest first: a list has to be quick in a busy tenant too. */
const MOST = 5_000;

export const PolicySetSummary = PolicySetView.extend({
  enforcement: z.enum(['enforce', 'warn', 'audit']).nullable().meta({ help: 'Of what is in force, or of the newest version; null when it cannot be read' }),
  policies: z.int().meta({ help: 'How many rules it has' }),
  lastActivatedAt: z.iso.datetime().nullable(),
  lately: z
    .object({ matches: z.int(), violations: z.int() })
    .nullable()
    .meta({ help: `Decisions of the last ${DAYS} days that its rules applied to and refused, among the newest ${MOST}; with \`activity\` only` }),
}); // prettier-ignore
type Summary = z.input<typeof PolicySetSummary>;
type Lately = NonNullable<Summary['lately']>;

const setOf = (rule: string): string => rule.slice(0, rule.indexOf('/'));

/** How often rules of each set applied and refused, by the name of the set. */
async function latelyBy(ctx: ReadContext): Promise<Map<string, Lately>> {
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000);
  const rows = await ctx.db
    .select({ ruling: policyDecisions.ruling })
    .from(policyDecisions)
    .where(and(eq(policyDecisions.tenantId, ctx.tenantId), gte(policyDecisions.at, since)))
    .orderBy(desc(policyDecisions.at))
    .limit(MOST);
  const found = new Map<string, Lately>();
  const of = (name: string): Lately => {
    const known = found.get(name) ?? { matches: 0, violations: 0 };
    found.set(name, known);
    return known;
  };
  for (const { ruling } of rows) {
    for (const name of new Set(ruling.matched.filter(({ effect }) => effect !== 'none').map(({ policy }) => setOf(policy)))) of(name).matches += 1;
    if (ruling.denied) of(setOf(ruling.denied.rule)).violations += 1;
  }
  return found;
}

async function activatedAt(ctx: ReadContext, ids: string[]): Promise<Map<string, Date | null>> {
  if (ids.length === 0) return new Map();
  const { tenantId, setId, mode, createdAt } = policyActivations;
  const rows = await ctx.db
    .select({ setId, at: max(createdAt) })
    .from(policyActivations)
    .where(and(eq(tenantId, ctx.tenantId), inArray(setId, ids), inArray(mode, ['now', 'shadow', 'percentage'])))
    .groupBy(setId);
  return new Map(rows.map((row) => [row.setId, row.at]));
}

/** What a set holds now, or would hold: what is in force, else its active or newest version. */
const contentOf = async (ctx: ReadContext, row: SetRow, inForce: ReadonlyMap<string | null, PolicySet>): Promise<PolicySet | undefined> =>
  inForce.get(row.id) ?? setOrNone(ctx, row, row.active ?? row.version);

const NONE: Lately = { matches: 0, violations: 0 };

/** Sets as a list shows them, with what they hold and, when asked, what they did. */
export async function setSummaries(ctx: ReadContext, rows: readonly SetRow[], withActivity: boolean): Promise<Summary[]> {
  const { sets } = await ctx.provider(Policies).bundle(ctx.db, ctx.tenantId);
  const inForce = new Map<string | null, PolicySet>(sets.map(({ id, set }) => [id, set]));
  const at = await activatedAt(ctx, rows.map(({ id }) => id)); // prettier-ignore
  const lately = withActivity ? await latelyBy(ctx) : undefined;
  const found: Summary[] = [];
  for (const row of rows) {
    const set = await contentOf(ctx, row, inForce);
    found.push({
      ...setView(row, ctx.now(), isProtected(row)),
      enforcement: set?.enforcement ?? null,
      policies: set?.policies.length ?? 0,
      lastActivatedAt: at.get(row.id)?.toISOString() ?? null,
      lately: lately ? (lately.get(row.name) ?? NONE) : null,
    });
  }
  return found;
}
