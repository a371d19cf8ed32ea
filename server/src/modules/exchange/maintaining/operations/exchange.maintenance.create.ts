import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import type { Plan } from '#kernel/plan.ts';
import { invalid } from '../../addresses.ts';
import { connectedTo, fabricOf, findFabric } from '../../find.ts';
import { creation } from '../../plans.ts';
import { routeServerOf, type Placed } from '../../route-server-rows.ts';
import { fabricId, routeServerId } from '../../schemas.ts';
import { routeServers, type FabricRow, type RouteServerRow } from '../../tables.ts';
import { heldOf, requirePossible } from '../beginning.ts';
import { MAINTENANCE_KINDS, NOTICE_MS, timesFault, type MaintenanceKind } from '../rules.ts';
import { fields, Maintenance } from '../schemas.ts';
import { announce, findWindow, requireFree, targetsOf, windowView } from '../store.ts';
import { drains, windows } from '../tables.ts';

const NAME = 'exchange.maintenance.create';
const Input = z.object({
  fabricId,
  kind: z.enum(MAINTENANCE_KINDS).meta({ title: 'Kind', help: 'rs_reload: route servers, one or more, are restarted; nothing is drained. rs_drain: route servers, one or more. fabric_cull: no BGP between members of the whole fabric' }),
  routeServers: z.array(routeServerId).max(16).default([]).meta({ title: 'Route servers', help: 'That are reloaded or drained; none for a whole fabric' }),
  ...fields,
  startsAt: fields.startsAt.optional().meta({ title: 'Begins', help: 'Nothing: as soon as it is agreed to' }),
}); // prettier-ignore
type Wish = z.output<typeof Input>;

/** Route servers as they were named, once each, all of them of the fabric. */
function checked(fabric: FabricRow, { kind, routeServers: named }: Wish, found: readonly Placed[]): RouteServerRow[] {
  if ((kind === 'fabric_cull') === (named.length > 0))
    throw invalid(NAME, '/routeServers', kind !== 'fabric_cull' ? 'names none' : 'has to be empty: a whole fabric is concerned');
  const other = found.findIndex((one) => one.fabric.id !== fabric.id);
  if (other >= 0) throw invalid(NAME, `/routeServers/${other}`, `is not on "${fabric.slug}"`);
  return [...new Map(found.map(({ server }) => [server.id, server])).values()];
} // prettier-ignore

const spanOf = ({ startsAt, endsAt }: Wish, now: Date) => ({ startsAt: startsAt === undefined ? now : new Date(startsAt), endsAt: new Date(endsAt) });

interface Checked {
  servers: RouteServerRow[];
  span: ReturnType<typeof spanOf>;
}
async function check(ctx: ReadContext, fabric: FabricRow, wish: Wish, found: readonly Placed[]): Promise<Checked> {
  const servers = checked(fabric, wish, found);
  const span = spanOf(wish, ctx.now());
  const fault = timesFault(span, ctx.now());
  if (fault) throw invalid(NAME, `/${fault.field}`, fault.text);
  await requirePossible(ctx, fabric, wish.kind, servers);
  await requireFree(ctx, fabric.id, { kind: wish.kind, ...span, servers: servers.map(({ id }) => id) });
  return { servers, span };
}

async function serversOf(ctx: ReadContext, { routeServers: ids }: Wish): Promise<Placed[]> {
  const found: Placed[] = [];
  for (const id of ids) found.push(await routeServerOf(ctx, id));
  return found;
}

/** Servers of the fabric that members can go by meanwhile. */
async function othersOf({ db, tenantId }: ReadContext, fabric: FabricRow, servers: readonly RouteServerRow[]): Promise<number> {
  return (await db.$count(routeServers, and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabric.id)))) - servers.length;
}

function warnings(kind: MaintenanceKind, isLast: boolean, held: readonly string[]): string[] {
  const isCull = kind === 'fabric_cull';
  // What is held is what the server confirmed; it is loaded again as it is.
  if (kind === 'rs_reload') return isLast ? ['No other route server of this fabric serves while sessions are away.'] : [];
  const whole = isCull ? ['Members lose every session with each other on this fabric, also those past the route servers.'] : [];
  const last = !isCull && isLast ? ['No route server of this fabric is left meanwhile.'] : [];
  return [...whole, ...last, ...(held.length > 0 ? [`Held now, and not drained while that is so: ${held.join(', ')}.`] : [])];
}

const STEPS: Readonly<Record<MaintenanceKind, readonly { title: string; seconds: number }[]>> = {
  rs_reload: [{ title: 'Load what each server confirmed last once more, one server after the other', seconds: 30 }, { title: 'See at the end which sessions are not back', seconds: 300 }],
  rs_drain: [{ title: 'Warn members by graceful shutdown (65535:0)', seconds: 300 }, { title: 'Stop their sessions', seconds: 15 }, { title: 'Let them in again at the end', seconds: 15 }],
  fabric_cull: [{ title: 'Drop BGP between members at the controller, until their sessions have expired', seconds: 240 }, { title: 'Let them speak again at the end', seconds: 5 }],
}; // prettier-ignore

/** Sessions on a server that is restarted are away for about a minute: until BIRD is up again and members have tried. */
const RESTART_SECONDS = 60;
function downtimeOf(kind: MaintenanceKind, isLast: boolean, seconds: number): Plan['downtime'] {
  if (!isLast) return { kind: 'none', seconds: 0 };
  return kind === 'rs_reload' ? { kind: 'restart', seconds: RESTART_SECONDS } : { kind: 'outage', seconds };
}

async function planOf(ctx: ReadContext, fabric: FabricRow, wish: Wish, { servers, span }: Checked): Promise<Plan> {
  const members = (await connectedTo(ctx, [fabric.id]))(fabric.id);
  const isCull = wish.kind === 'fabric_cull';
  const isLast = isCull || (await othersOf(ctx, fabric, servers)) === 0;
  const held = await heldOf(ctx, servers);
  const what = isCull ? `the fabric "${fabric.slug}"` : servers.map(({ handle }) => `"${handle}"`).join(', ');
  // A moment that nobody named is another one each time that it is looked at.
  const [from, to] = [wish.startsAt ?? 'its approval', span.endsAt.toISOString()];
  const seconds = wish.startsAt === undefined ? 0 : Math.round((span.endsAt.getTime() - span.startsAt.getTime()) / 1_000);
  return {
    summary: wish.kind === 'rs_reload' ? `Reload ${what}, with sessions there away for a moment, from ${from} to ${to}` : `Take ${what} out of service from ${from} to ${to}`,
    steps: [...STEPS[wish.kind]],
    changes: creation('exchangeMaintenance', what.replaceAll('"', ''), { kind: wish.kind, fabric: fabric.slug, routeServers: servers.map(({ handle }) => handle).join(', ') || null, startsAt: wish.startsAt ?? null, endsAt: to, reason: wish.reason }),
    downtime: downtimeOf(wish.kind, isLast, seconds),
    warnings: warnings(wish.kind, isLast, held),
    reversible: 'Everything is put back at the end, or when the maintenance is cancelled.',
    facts: { connections: members },
  };
} // prettier-ignore

export const exchangeMaintenanceCreate = defineOperation({
  name: NAME,
  summary: 'Plan maintenance of route servers or of a whole fabric',
  description:
    '`rs_reload`: BIRD on the servers, or their host, is restarted by whoever works on them; what each server confirmed last is loaded once more at the beginning, lost sessions there alarm nobody meanwhile, and at the end it is said which are not back. `rs_drain`: members of the servers are warned by graceful shutdown (65535:0), five minutes later their sessions are stopped, and at the end they are let in again. `fabric_cull` (RFC 8327): the controller drops BGP between members, so that their sessions expire before the work begins, and lets it pass again at the end. Nothing is put right by itself on the servers meanwhile. People of the networks concerned are told now, a day before, when it begins and when it is over.',
  permission: 'exchange:manage',
  risk: 'high',
  route: { method: 'POST', path: '/exchange/maintenance' },
  input: Input,
  output: Maintenance,
  targets: async (ctx, wish) => {
    const fabric = await fabricOf(ctx, wish.fabricId);
    const found = await serversOf(ctx, wish);
    return targetsOf({ fabric, servers: found });
  },
  async plan(ctx, wish) {
    const fabric = await fabricOf(ctx, wish.fabricId);
    const found = await serversOf(ctx, wish);
    return planOf(ctx, fabric, wish, await check(ctx, fabric, wish, found));
  },
  async run(ctx, wish) {
    const { db, tenantId, now } = ctx;
    // Two that are planned at once are one after the other here.
    const fabric = await findFabric(ctx, wish.fabricId, true);
    const { servers, span } = await check(ctx, fabric, wish, await serversOf(ctx, wish));
    const isSoon = span.startsAt.getTime() - now().getTime() <= NOTICE_MS;
    const at = { createdAt: now(), updatedAt: now() };
    const id = newId();
    await db.insert(windows).values({ tenantId, id, fabricId: fabric.id, kind: wish.kind, reason: wish.reason, ...span, state: 'planned', plannedBy: ctx.actor.id, plannedByName: ctx.actor.name, changeId: ctx.changeId, remindedAt: isSoon ? now() : null, ...at });
    for (const server of servers) await db.insert(drains).values({ tenantId, id: newId(), maintenanceId: id, routeServerId: server.id, phase: 'serving', ...at });
    const made = await findWindow(ctx, id);
    await announce(ctx, made, 'planned');
    return windowView(made);
  },
}); // prettier-ignore
