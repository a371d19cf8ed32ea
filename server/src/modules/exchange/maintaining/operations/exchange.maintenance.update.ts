import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { invalid } from '../../addresses.ts';
import { findFabric, requireSeen } from '../../find.ts';
import { differences } from '../../plans.ts';
import { NOTICE_MS, RUNNING, timesFault } from '../rules.ts';
import { fields, Maintenance, maintenanceId } from '../schemas.ts';
import { announce, findWindow, nameOf, notFrom, oneWindow, requireFree, setWindow, windowOf, windowView, type Window } from '../store.ts';

const NAME = 'exchange.maintenance.update';
const Edit = z.object(fields).partial();
type Edit = z.output<typeof Edit>;

/** What has begun keeps its beginning; what is ending, or over, stays as it is. */
async function check(ctx: ReadContext, found: Window, { startsAt, endsAt }: Edit) {
  const { window, fabric, servers } = found;
  const isRunning = RUNNING.includes(window.state);
  if (window.state !== 'planned' && !isRunning) throw notFrom(window.state, 'changed');
  if (isRunning && startsAt !== undefined) throw invalid(NAME, '/startsAt', 'is over: it has begun');
  const span = { startsAt: startsAt === undefined ? window.startsAt : new Date(startsAt), endsAt: endsAt === undefined ? window.endsAt : new Date(endsAt) };
  const fault = startsAt === undefined && endsAt === undefined ? undefined : timesFault(span, ctx.now());
  if (fault) throw invalid(NAME, `/${fault.field}`, fault.text);
  await requireFree(ctx, fabric.id, { kind: window.kind, ...span, servers: servers.map(({ server }) => server.id) }, window.id);
  return span;
} // prettier-ignore

export const exchangeMaintenanceUpdate = defineOperation({
  name: NAME,
  summary: 'Change when a maintenance of the exchange is, or why',
  description: 'What has begun may be prolonged, and keeps its beginning. People of the networks concerned are told.',
  permission: 'exchange:manage',
  risk: 'high',
  route: { method: 'PATCH', path: '/exchange/maintenance/{id}' },
  input: z.object({ id: maintenanceId, ...Edit.shape }),
  output: Maintenance,
  targets: oneWindow,
  async plan(ctx, { id, ...edit }) {
    const found = await windowOf(ctx, id);
    const { window } = found;
    requireSeen('The maintenance', window, ctx);
    await check(ctx, found, edit);
    const before = { reason: window.reason, startsAt: window.startsAt.toISOString(), endsAt: window.endsAt.toISOString() };
    return {
      summary: `Change the maintenance of ${nameOf(found)}`,
      changes: [{ action: 'update', type: 'exchangeMaintenance', id, name: nameOf(found), fields: differences(before, edit) }],
      reversible: 'Change it back.',
      observed: { [`maintenance ${id}`]: `${window.state} ${window.startsAt.toISOString()} ${window.endsAt.toISOString()}` },
    };
  },
  async run(ctx, { id, ...edit }) {
    await findFabric(ctx, (await findWindow(ctx, id)).fabric.id, true);
    const found = await findWindow(ctx, id, true);
    requireSeen('The maintenance', found.window, ctx);
    const span = await check(ctx, found, edit);
    const isFar = span.startsAt.getTime() - ctx.now().getTime() > NOTICE_MS;
    await setWindow(ctx, id, { ...span, ...(edit.reason === undefined ? {} : { reason: edit.reason }), ...(isFar ? { remindedAt: null } : {}), ...(found.window.state === 'planned' ? { askedAt: null, beginChange: null } : {}) });
    const after = await findWindow(ctx, id);
    await announce(ctx, after, 'changed');
    return windowView(after);
  },
}); // prettier-ignore
