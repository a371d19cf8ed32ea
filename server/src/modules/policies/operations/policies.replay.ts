import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import type { Work } from '#kernel/work.ts';
import { DECISIONS_DAYS } from '../retention.ts';
import { Policies } from '../providers/port.ts';
import { again, compared, pageAfter, recordedIn, ReplayResult, type Change, type Span } from '../replay.ts';
import { bundleWith, candidateOf, Which } from '../which.ts';

const DAY_MS = 86_400_000;

const input = z.object({
  ...Which,
  days: z.int().min(1).max(DECISIONS_DAYS).default(7).meta({ title: 'Days', help: 'How far back' }),
  percent: z.int().min(1).max(100).default(100).meta({ title: 'Sample', help: 'Percent of the decisions' }),
  operationName: z.string().max(100).optional().meta({ title: 'Operation', help: 'Only decisions on this one', widget: 'operation' }),
  examples: z.int().min(1).max(1_000).default(20).meta({ title: 'Examples', help: 'At most so many of each kind' }),
});
type Wanted = z.output<typeof input>;

const spanOf = (tenantId: string, now: Date, { days, percent, operationName }: Wanted): Span => ({
  tenantId,
  from: new Date(now.getTime() - days * DAY_MS),
  to: now,
  operation: operationName,
  percent,
});

async function run(work: Work, wanted: Wanted): Promise<z.input<typeof ReplayResult>> {
  const policies = work.provider(Policies);
  const prepared = await work.tx(async (ctx) => {
    const candidate = await candidateOf(ctx, wanted);
    return { candidate, bundle: await bundleWith(ctx, candidate) };
  });
  const span = spanOf(work.tenantId, work.now(), wanted);
  const recorded = await work.tx(({ db }) => recordedIn(db, span));
  const found = (): z.input<typeof ReplayResult>['newlyDenied'] => ({ count: 0, examples: [] });
  const changes: Record<Exclude<Change, 'same'>, ReturnType<typeof found>> = { newlyDenied: found(), newlyAllowed: found(), changedApprovals: found() };
  let [replayed, same, undecided] = [0, 0, 0];
  for (let after: string | undefined; ; ) {
    const rows = await work.tx(({ db }) => pageAfter(db, span, after));
    for (const row of rows) {
      const ruling = await again(policies, prepared.bundle, row);
      const { change, before, after: now } = compared(row, ruling);
      replayed += 1;
      if (ruling.errors.length > 0) undecided += 1;
      if (change === 'same') {
        same += 1;
        continue;
      }
      const kind = changes[change];
      kind.count += 1;
      const { decisionId, at, operation, actorId } = row;
      if (kind.examples.length < wanted.examples) kind.examples.push({ decisionId, at: at.toISOString(), operation, actorId, before: before as never, after: now as never });
    }
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    await work.checkpoint();
    await work.progress((100 * replayed) / Math.max(1, (recorded * span.percent) / 100), `${replayed} decisions`);
  }
  const { candidate } = prepared;
  return {
    set: candidate ? { name: candidate.name, version: candidate.version } : { name: 'what is in force', version: 'now' },
    from: span.from.toISOString(), to: span.to.toISOString(), recorded, replayed, same, ...changes, undecided,
  };
} // prettier-ignore

export const policiesReplay = defineOperation({
  name: 'policies.replay',
  summary: 'Take recorded decisions again under other rules',
  description: 'Every decision on a write of the last days, or a sample of them, with the facts it was taken on: what would now be denied, allowed, or agreed to by others.',
  permission: 'policies:test',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/policies/replay' },
  input,
  output: ReplayResult,
  targets: 'none',
  async plan(ctx, wanted) {
    const candidate = await candidateOf(ctx, wanted);
    const recorded = await recordedIn(ctx.db, spanOf(ctx.tenantId, ctx.now(), wanted));
    return {
      summary: `Replay ${wanted.percent} % of ${recorded} decisions under ${candidate ? `${candidate.name} version ${candidate.version}` : 'what is in force'}`,
      reversible: 'Nothing is changed by it.',
    };
  },
  execute: run,
}); // prettier-ignore
