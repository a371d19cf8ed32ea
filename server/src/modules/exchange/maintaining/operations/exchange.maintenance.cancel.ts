import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { takeBack } from '../beginning.ts';
import { RUNNING } from '../rules.ts';
import { Maintenance, maintenanceId } from '../schemas.ts';
import { announce, findWindow, move, nameOf, notFrom, oneWindow, windowOf, windowView, type Window } from '../store.ts';

function requireStoppable({ window: { state } }: Window): void {
  if (state !== 'planned' && !RUNNING.includes(state)) throw notFrom(state, 'cancelled');
}

export const exchangeMaintenanceCancel = defineOperation({
  name: 'exchange.maintenance.cancel',
  summary: 'Call a maintenance of the exchange off, or end it early',
  description: 'What has begun is ended early: what is out of service comes back by itself, as it would have at the end.',
  permission: 'exchange:manage',
  risk: 'write',
  route: { method: 'POST', path: '/exchange/maintenance/{id}/cancel' },
  input: z.object({ id: maintenanceId }),
  output: Maintenance,
  targets: oneWindow,
  async plan(ctx, { id }) {
    const found = await windowOf(ctx, id);
    requireStoppable(found);
    const { state, kind } = found.window;
    const isPlanned = state === 'planned';
    return {
      summary: isPlanned ? `Call the maintenance of ${nameOf(found)} off` : `End the maintenance of ${nameOf(found)} early`,
      changes: [{ action: 'update', type: 'exchangeMaintenance', id, name: nameOf(found), fields: [{ path: 'state', before: state, after: isPlanned ? 'cancelled' : 'ending' }] }],
      warnings: isPlanned ? [] : [kind === 'rs_reload' ? 'Sessions that are not back soon are told of as lost.' : 'Sessions of members come back while somebody may be at work still.'],
      reversible: 'Plan another one.',
    };
  },
  async run(ctx, { id }) {
    const found = await findWindow(ctx, id, true);
    requireStoppable(found);
    if (found.window.state === 'planned') {
      await move(ctx, found, 'cancelled', { outcome: 'cancelled', endedAt: ctx.now() });
      await announce(ctx, await findWindow(ctx, id), 'cancelled');
    } else await takeBack(ctx, id, { outcome: 'cancelled' });
    return windowView(await findWindow(ctx, id));
  },
}); // prettier-ignore
