import type { Context, ReadContext } from '#kernel/context.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import type { ActiveSet } from './bundle.ts';
import { fieldsOf, loosened, readVersion, setOrNone } from './drafts.ts';
import { diffSets, type PolicySet } from './engine/index.ts';
import { Policies } from './providers/port.ts';
import { findSet, LIMITS, setForce } from './store.ts';
import type { SetRow } from './tables.ts';

export interface Activation {
  id: string;
  number: number;
  mode: 'now' | 'shadow' | 'percentage';
  hours: number;
  percent: number;
}

/** Throws `policy-tests-failed` unless all tests pass and, where tests are required, every rule has one that fits and one that does not. */
function requireTests(ctx: ReadContext, set: PolicySet): void {
  const { passed, results, uncovered } = ctx.provider(Policies).test(set);
  if (passed) return;
  const failures = results.filter((one) => !one.passed).map(({ name, pointer, failures: found }) => ({ name, pointer, failures: found }));
  const bare = set.requireTests ? uncovered.map(({ policy, missing }) => `${policy} has no ${missing} test`) : [];
  const first = failures[0] ? `"${failures[0].name}": ${failures[0].failures.join(' ')}` : `${bare.join('; ')}.`;
  throw new Problem('policy-tests-failed', `${failures.length} of ${results.length} tests fail, ${bare.length} are missing. ${first}`, {
    failures,
    uncovered,
  });
}

/** Throws `policy-limit-reached` when the rules in force would be too many. */
async function requireFewEnough(ctx: ReadContext, candidate: ActiveSet): Promise<void> {
  const { sets } = ctx.provider(Policies).withVersion(await ctx.provider(Policies).bundle(ctx.db, ctx.tenantId), candidate);
  const all = sets.reduce((sum, { set }) => sum + set.policies.length, 0);
  if (all > LIMITS.policies) throw new Problem('policy-limit-reached', `That would be ${all} policies in force; ${LIMITS.policies} is the most.`);
}

async function readCandidate(ctx: ReadContext, row: SetRow, number: number): Promise<ActiveSet> {
  const { set, compiled } = await readVersion(ctx, row, number);
  return { id: row.id, name: row.name, version: String(number), set, compiled };
}

function requireNews(row: SetRow, { number, mode }: Activation): void {
  if (row.active === number && (mode !== 'now' || row.candidate === null) && row.retiredAt === null)
    throw new Problem('invalid-transition', `Version ${number} of "${row.name}" is in force already.`);
}

async function checked(ctx: ReadContext, wanted: Activation, lock: boolean): Promise<{ row: SetRow; candidate: ActiveSet }> {
  const row = await findSet(ctx, wanted.id, lock);
  requireNews(row, wanted);
  const candidate = await readCandidate(ctx, row, wanted.number);
  requireTests(ctx, candidate.set);
  await requireFewEnough(ctx, candidate);
  return { row, candidate };
}

const HOW = {
  now: () => 'at once, for everybody',
  shadow: ({ hours }: Activation) => `in shadow for ${hours} h: only differences are recorded`,
  percentage: ({ percent }: Activation) => `for ${percent} % of the people`,
};

export async function planActivation(ctx: ReadContext, wanted: Activation): Promise<Plan> {
  const { row, candidate } = await checked(ctx, wanted, false);
  const before = await setOrNone(ctx, row, row.active);
  const differences = before ? diffSets(before, candidate.set) : [];
  const isBack = row.active !== null && wanted.number < row.active;
  return {
    summary: `${isBack ? 'Go back to' : 'Put'} version ${wanted.number} of ${row.name}${isBack ? '' : ' into force'} ${HOW[wanted.mode](wanted)}`,
    changes: [
      {
        action: 'update',
        type: 'policySet',
        id: row.id,
        name: row.name,
        fields: [
          { path: wanted.mode === 'now' ? 'active' : 'candidate', before: wanted.mode === 'now' ? row.active : row.candidate, after: wanted.number },
          ...fieldsOf(differences),
        ],
      },
    ],
    reversible: row.active === null ? 'Retire the set.' : `Activate version ${row.active} again.`,
    warnings: wanted.mode === 'shadow' ? [] : loosened(differences),
    observed: { [`policySet:${row.id}`]: `${row.active}/${row.candidate}/${row.retiredAt?.toISOString() ?? ''}` },
  };
}

export async function activate(ctx: Context, wanted: Activation): Promise<SetRow> {
  const { row, candidate } = await checked(ctx, wanted, true);
  const { number, mode, percent, hours } = wanted;
  const told = { description: candidate.set.description ?? '', owner: candidate.set.owner ?? null };
  if (mode === 'now') {
    const force = { active: number, candidate: null, trial: null, percent: null, trialUntil: null, retiredAt: null, ...told };
    return setForce(ctx, row, force, { mode, number });
  }
  const until = mode === 'shadow' ? new Date(ctx.now().getTime() + hours * 3_600_000) : null;
  const share = mode === 'percentage' ? percent : null;
  const force = { active: row.active, candidate: number, trial: mode, percent: share, trialUntil: until, retiredAt: null };
  return setForce(ctx, row, force, { mode, number, percent: share, until });
}
