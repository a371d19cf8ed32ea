import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { begin, requireDue, requireWritable, rollBack } from '../beginning.ts';
import { Maintenance, maintenanceId } from '../schemas.ts';
import { findWindow, nameOf, oneWindow, windowOf, windowView } from '../store.ts';

export const exchangeMaintenanceBegin = defineOperation({
  name: 'exchange.maintenance.begin',
  summary: 'Begin a maintenance of the exchange whose time has come',
  description:
    'What happens by itself at its time, in the name of whoever planned it, who is looked at as they are then. What it could not be begun with is taken back.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 300,
  route: { method: 'POST', path: '/exchange/maintenance/{id}/begin' },
  input: z.object({ id: maintenanceId }),
  output: Maintenance,
  targets: oneWindow,
  async plan(ctx, { id }) {
    const found = await windowOf(ctx, id);
    requireDue(found, ctx.now());
    const { kind, state, endsAt } = found.window;
    return {
      summary: `Take ${nameOf(found)} out of service until ${endsAt.toISOString()}`,
      steps: [kind === 'fabric_cull' ? { title: 'Drop BGP between members at the controller', seconds: 10 } : { title: 'Have the servers warn their members', seconds: 5 }],
      changes: [{ action: 'update', type: 'exchangeMaintenance', id, name: nameOf(found), fields: [{ path: 'state', before: state, after: kind === 'fabric_cull' ? 'active' : 'draining' }] }],
      reversible: 'It ends by itself, or is cancelled.',
    };
  },
  async accept(ctx, { id }) {
    const found = await findWindow(ctx, id);
    requireDue(found, ctx.now());
    await requireWritable(ctx, found);
  },
  execute: async (work, { id }) => windowView(await begin(work, id)),
  rollback: (work, { id }) => rollBack(work, id),
}); // prettier-ignore
