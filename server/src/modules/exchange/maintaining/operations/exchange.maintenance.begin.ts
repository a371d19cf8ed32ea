import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { BEGUN, begin, requireDue, requireWritable, rollBack } from '../beginning.ts';
import type { MaintenanceKind } from '../rules.ts';
import { Maintenance, maintenanceId } from '../schemas.ts';
import { findWindow, nameOf, oneWindow, windowOf, windowView } from '../store.ts';

const STEPS: Readonly<Record<MaintenanceKind, { title: string; seconds: number }>> = {
  rs_reload: { title: 'Load what each server confirmed last once more, one server after the other', seconds: 30 },
  rs_drain: { title: 'Have the servers warn their members', seconds: 5 },
  fabric_cull: { title: 'Drop BGP between members at the controller', seconds: 10 },
};

export const exchangeMaintenanceBegin = defineOperation({
  name: 'exchange.maintenance.begin',
  summary: 'Begin a maintenance of the exchange whose time has come',
  description:
    'What happens by itself at its time, in the name of whoever planned it, who is looked at as they are then. What it could not be begun with is taken back.',
  permission: 'exchange:manage',
  risk: 'write',
  runs: 'job',
  // Route servers are reloaded one after the other.
  deadlineSeconds: 3_600,
  route: { method: 'POST', path: '/exchange/maintenance/{id}/begin' },
  input: z.object({ id: maintenanceId }),
  output: Maintenance,
  targets: oneWindow,
  async plan(ctx, { id }) {
    const found = await windowOf(ctx, id);
    requireDue(found, ctx.now());
    const { kind, state, endsAt } = found.window;
    return {
      summary: kind === 'rs_reload' ? `Reload ${nameOf(found)}, and expect sessions there to be away until ${endsAt.toISOString()}` : `Take ${nameOf(found)} out of service until ${endsAt.toISOString()}`,
      steps: [STEPS[kind]],
      changes: [{ action: 'update', type: 'exchangeMaintenance', id, name: nameOf(found), fields: [{ path: 'state', before: state, after: BEGUN[kind] }] }],
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
