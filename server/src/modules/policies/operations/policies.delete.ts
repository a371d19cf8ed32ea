import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { PolicySetDetail, SetId } from '../schemas.ts';
import { findSet, isProtected, setForce, setTarget } from '../store.ts';
import type { SetRow } from '../tables.ts';
import { setDetail } from '../views.ts';

async function retirable(ctx: ReadContext, id: string, lock = false): Promise<SetRow> {
  const row = await findSet(ctx, id, lock);
  if (isProtected(row)) throw new Problem('policy-set-protected', `"${row.name}" is what every tenant has; activate another version of it instead.`);
  if (row.retiredAt) throw new Problem('invalid-transition', `"${row.name}" is retired already.`);
  return row;
}

export const policiesDelete = defineOperation({
  name: 'policies.delete',
  summary: 'Retire a policy set',
  description: 'None of its versions is in force any more; all of them are kept. Activating one takes the set into use again.',
  permission: 'policies:activate',
  risk: 'high',
  input: z.object({ id: SetId }),
  output: PolicySetDetail,
  targets: setTarget,
  async plan(ctx, { id }) {
    const row = await retirable(ctx, id);
    return {
      summary: `Retire policy set ${row.name}`,
      changes: [{ action: 'update', type: 'policySet', id, name: row.name, fields: [{ path: 'active', before: row.active, after: null }] }],
      reversible: row.active === null ? 'Activate a version of it.' : `Activate version ${row.active} again.`,
      warnings: row.active === null ? [] : ['What its rules forbid is allowed from then on.'],
      observed: { [`policySet:${id}`]: `${row.active}/${row.candidate}` },
    };
  },
  async run(ctx, { id }) {
    const row = await retirable(ctx, id, true);
    const none = { active: null, candidate: null, trial: null, percent: null, trialUntil: null };
    return setDetail(ctx, await setForce(ctx, row, { ...none, retiredAt: ctx.now() }, { mode: 'retired', number: row.active }));
  },
});
