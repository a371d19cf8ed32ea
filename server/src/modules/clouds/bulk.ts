import type { ReadContext } from '#kernel/context.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import type { TurnTarget, Work } from '#kernel/work.ts';
import { observe } from './outside-steps.ts';
import { isProd, powerPlan, SECONDS } from './plans.ts';
import { bringDown, lookBefore, onServer, release, switchPower } from './server-job.ts';
import { claim, requireFree, serversById, wholeServer } from './server-rows.ts';
import type { Server } from './schemas.ts';
import type { ServerRow } from './tables.ts';

export const BULK_ACTIONS = ['start', 'stop', 'reboot', 'poweroff', 'reset'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];
export interface BulkWish {
  ids: string[];
  action: BulkAction;
  graceSeconds: number;
  force: boolean;
}

const WORDS: Record<BulkAction, string> = { start: 'Start', stop: 'Stop', reboot: 'Reboot', poweroff: 'Power off', reset: 'Reset' };
const GRAVE: ReadonlySet<BulkAction> = new Set(['poweroff', 'reset']);
const leadsTo = (action: BulkAction): 'running' | 'stopped' => (action === 'stop' || action === 'poweroff' ? 'stopped' : 'running');

/** The servers that were asked for, each once and in that order. */
export async function wantedServers(ctx: Pick<ReadContext, 'db' | 'tenantId'>, ids: readonly string[]): Promise<ServerRow[]> {
  const rows = new Map((await serversById(ctx, ids)).map((row) => [row.id, row]));
  return [...new Set(ids)].map((id) => {
    const row = rows.get(id);
    if (!row) throw new Problem('server-not-found', `There is no server "${id}" in this tenant. See servers.list.`);
    return row;
  });
}

/** One plan that lists what happens to each. */
export function bulkPlan(rows: readonly ServerRow[], action: BulkAction): Plan {
  for (const row of rows) requireFree(row, action);
  const each = rows.map((row) => powerPlan(row, WORDS[action], leadsTo(action), SECONDS[action === 'stop' ? 'shutdown' : action === 'reset' ? 'reboot' : action])); // prettier-ignore
  const downtime = each.reduce((sum, plan) => sum + (plan.downtime?.seconds ?? 0), 0);
  const isGrave = GRAVE.has(action) || rows.some(({ environment }) => isProd(environment));
  const back = { start: 'Stop them again.', stop: 'Start them again.', poweroff: 'Start them again.', reboot: null, reset: null } as const;
  return {
    summary: `${WORDS[action]} ${rows.length === 1 ? rows[0]!.name : `${rows.length} servers`}`,
    ...(isGrave ? { risk: 'high' as const } : {}),
    steps: each.flatMap(({ steps = [] }) => steps),
    changes: each.flatMap(({ changes = [] }) => changes),
    downtime: downtime === 0 ? { kind: 'none', seconds: 0 } : { kind: leadsTo(action) === 'running' ? 'restart' : 'outage', seconds: downtime },
    reversible: back[action],
    warnings: [...new Set(each.flatMap(({ warnings = [] }) => warnings))],
    facts: { affected: rows.length, downtimeSeconds: downtime, costDeltaMonthly: 0 },
    observed: Object.assign({}, ...each.map(({ observed }) => observed)) as Record<string, string>,
  };
}

/** Takes hold of the server for its turn; before that, others may work on it. */
const hold = (work: Work, { id, name }: TurnTarget, action: BulkAction): Promise<true> =>
  work.step(
    'hold',
    `Take hold of ${name}`,
    async () => work.tx(async (ctx) => (await claim(ctx, id, action), true as const)),
    async () => ((await work.tx((ctx) => wholeServer(ctx, id))).changeId === work.changeId ? true : undefined),
  );

async function powered(work: Work, row: ServerRow, { action, graceSeconds, force }: BulkWish): Promise<Server> {
  await lookBefore(work, row);
  const seen = action === 'stop' ? await bringDown(work, row, { graceSeconds, force }) : await switchPower(work, row, action);
  if (!seen) throw new Problem('guest-did-not-stop', `"${row.name}" did not shut down within ${graceSeconds} s and was left on.`);
  return release(work, row.id, seen, { desired: { ...row.desired, power: leadsTo(action) === 'running' ? 'on' : 'off' } });
}

/** What is to be done to one of them. One that fails is let go as it is then, since the others may still take hours. */
export async function powerOne(work: Work, target: TurnTarget, wish: BulkWish): Promise<void> {
  await hold(work, target, wish.action);
  await onServer(work, target.id, async (row) => {
    try {
      return await powered(work, row, wish);
    } catch (error) {
      if (error instanceof Problem && error.slug !== 'dependency-unavailable') {
        const seen = await observe(work, row).catch(() => undefined);
        await release(work, row.id, seen, seen ? {} : { status: 'unknown' });
      }
      throw error;
    }
  });
}

/** Whether it is, after a while, still as the action left it. */
export async function stillWell(work: Work, { id }: TurnTarget, action: BulkAction): Promise<string | null> {
  const row = await work.tx((ctx) => wholeServer(ctx, id));
  const seen = await observe(work, row);
  const wanted = leadsTo(action);
  if (!seen) return 'It does not exist at the provider any more.';
  return seen.status === wanted ? null : `It should be ${wanted} and the provider shows ${seen.status.replaceAll('_', ' ')}.`;
}
