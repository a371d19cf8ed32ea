import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { PolicySetDetail, SetId } from '../schemas.ts';
import { findSet, setForce, setTarget } from '../store.ts';
import type { SetRow } from '../tables.ts';
import { setDetail } from '../views.ts';

async function onTrial(ctx: ReadContext, id: string, lock = false): Promise<SetRow> {
  const row = await findSet(ctx, id, lock);
  if (row.candidate === null) throw new Problem('invalid-transition', `No version of "${row.name}" is on trial.`);
  return row;
}

export const policiesEndTrial = defineOperation({
  name: 'policies.endTrial',
  summary: 'End the trial of a version',
  description: 'A shadow ends at once. What holds for a percentage of the people ends when a second person agrees.',
  permission: 'policies:activate',
  risk: 'write',
  route: { method: 'POST', path: '/policies/{id}/end-trial' },
  input: z.object({ id: SetId }),
  output: PolicySetDetail,
  targets: setTarget,
  async plan(ctx, { id }) {
    const row = await onTrial(ctx, id);
    return {
      summary: `End the trial of version ${row.candidate} of ${row.name}`,
      ...(row.trial === 'percentage' ? { risk: 'high' as const } : {}),
      changes: [{ action: 'update', type: 'policySet', id, name: row.name, fields: [{ path: 'candidate', before: row.candidate, after: null }] }],
      reversible: 'Begin the trial again.',
      observed: { [`policySet:${id}`]: `${row.active}/${row.candidate}/${row.trial}` },
    };
  },
  async run(ctx, { id }) {
    const row = await onTrial(ctx, id, true);
    const force = { active: row.active, candidate: null, trial: null, percent: null, trialUntil: null };
    return setDetail(ctx, await setForce(ctx, row, force, { mode: 'ended', number: row.candidate }));
  },
});
