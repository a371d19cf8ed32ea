import type { Actor } from '#kernel/context.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Envelope } from '#kernel/operation.ts';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { StateFolders } from '#modules/exchange/backups/port.ts';
import { TokenSealing, type Outside } from '#modules/exchange/controllers/talk.ts';
import { NetworkFacts } from '#modules/exchange/facts/port.ts';
import { Registries } from '#modules/exchange/irr/port.ts';
import { bgpq4 } from '#modules/exchange/providers/irr/bgpq4.ts';
import { peeringdbApi } from '#modules/exchange/providers/peeringdb/api.ts';
import {
  exchangeMaintenanceBegin,
  exchangeRequestsApprove,
  exchangeRouteServersApply,
  exchangeRouteServersConverge,
} from '#modules/exchange/index.ts';
import { sshLines } from '#modules/exchange/providers/ssh/client.ts';
import { SshLines } from '#modules/exchange/providers/ssh/port.ts';
import { controllers } from '#modules/exchange/providers/zerotier/controllers.ts';
import { stateFolders } from '#modules/exchange/providers/zerotier/folder.ts';
import { Controllers, type ControllerKind } from '#modules/exchange/providers/zerotier/port.ts';
import { convergeFabric } from '#modules/exchange/applying/converge.ts';
import { Convergence } from '#modules/exchange/applying/port.ts';
import { decideByRule } from '#modules/exchange/joining/deciding.ts';
import { RuleDecisions, StatusTrail } from '#modules/exchange/joining/port.ts';
import { AUTO_RULE } from '#modules/exchange/joining/rules.ts';
import { Maintaining } from '#modules/exchange/maintaining/port.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { exceptionsOf } from '#modules/workflows/egress/store.ts';
import { systemContexts } from './clockwork.ts';
import type { Parts, People } from './core.ts';
import { memberAdapters } from './exchange-members.ts';
import { statusTrail } from './exchange-trail.ts';
import type { Around } from './wired.ts';

export interface ExchangeOptions {
  provider: ControllerKind;
  controllerUrl?: string | undefined;
  /** Where the installation's own controller keeps its files, and how it is stopped and started. */
  stateDir?: string | undefined;
  stopCommand?: string | undefined;
  startCommand?: string | undefined;
  /** Where PeeringDB is asked about networks, and with which key; whose registries are. */
  peeringdbUrl?: string | undefined;
  peeringdbKey?: string | undefined;
  irrHost?: string | undefined;
  irrSources?: string | undefined;
  allowPrivateTargets?: boolean | undefined;
}

const QUEUE = 'exchange';
/** What is due so soon is not left to whoever looks each second. */
const SOON_MS = 10_000;
/** Whoever runs the installation named it: it may be this machine. */
const OWN = { exceptions: [], allowPrivateTargets: true } as const;

/** A call in the name of a person, who is looked at as they are now. */
const callAs =
  ({ revive }: Pick<People, 'revive'>) =>
  async (tenantId: string, id: string, envelope: Envelope) => {
    const known: Actor = { kind: 'user', id, name: '', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null };
    return { surface: 'internal', credentials: null, as: await revive(known), ip: null, requestId: newId(), envelope } as const;
  };

/** A rule agrees to requests in the name of whoever put it in place; the trail has its name beside theirs. */
const ruleDecisions = ({ jobs }: Pick<Parts, 'jobs'>, people: Pick<People, 'revive'>, { gate }: Pick<Around, 'gate'>): RuleDecisions => ({
  later: async (db, { tenantId, fabricId }) => void (await jobs.enqueue(db, QUEUE, { tenantId, fabricId })),
  async approve(tenantId, personId, requestId) {
    const call = await callAs(people)(tenantId, personId, { comment: `decision_source: policy, rule: ${AUTO_RULE}` });
    const passed = await gate().pass(exchangeRequestsApprove, { id: requestId, rule: AUTO_RULE }, call);
    if (passed.status !== 'accepted') throw new Error(`exchange.requests.approve is ${passed.status}, and not accepted`);
    return { changeId: passed.change.id, isWaiting: passed.change.state === 'awaiting_approval' };
  },
});

/** What was agreed to of members reaches the servers in the name of a person, and through the Gate like everything. */
const convergence = ({ jobs }: Parts, people: People, { gate }: Around): Convergence => {
  const callOf = callAs(people);
  return {
    async later(db, { tenantId, fabricId }, afterMs, now) {
      await jobs.enqueue(db, QUEUE, { tenantId, fabricId }, afterMs > 0 ? { startAfter: new Date(now.getTime() + afterMs) } : {});
      if (afterMs > 0 && afterMs < SOON_MS) setTimeout(() => jobs.wake(QUEUE), afterMs + 20).unref();
    },
    wake: () => jobs.wake(QUEUE),
    async ask(tenantId, personId, routeServerId) {
      const passed = await gate().pass(exchangeRouteServersConverge, { id: routeServerId }, await callOf(tenantId, personId, {}));
      if (passed.status !== 'accepted') throw new Error(`exchange.routeServers.converge is ${passed.status}, and not accepted`);
      return { changeId: passed.change.id, isWaiting: passed.change.state === 'awaiting_approval' };
    },
    async propose(tenantId, personId, routeServerId) {
      const pass = async (envelope: Envelope) =>
        gate().pass(exchangeRouteServersApply, { id: routeServerId }, await callOf(tenantId, personId, envelope));
      const planned = await pass({ dryRun: true });
      // Where no rule has somebody agree to it, it is a draft that somebody submits.
      const isFree = planned.status === 'planned' && planned.requirements.length === 0;
      const passed = await pass(isFree ? { draft: true } : {});
      if (passed.status !== 'accepted') throw new Error(`exchange.routeServers.apply is ${passed.status}, and not accepted`);
      return { changeId: passed.change.id };
    },
  };
};

/** Whom the installation asks about networks; no tenant names any of these. */
const registryAdapters = ({ peeringdbUrl, peeringdbKey, irrHost, irrSources, allowPrivateTargets }: ExchangeOptions): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(NetworkFacts, peeringdbApi({ url: peeringdbUrl, apiKey: peeringdbKey, allowPrivateTargets })),
  provide(Registries, bgpq4({ host: irrHost, sources: irrSources })),
]; // prettier-ignore

/** A window begins in the name of whoever planned it, through the Gate. */
const maintaining = (people: People, { gate }: Around): Maintaining => ({
  async begin(tenantId, personId, id) {
    const passed = await gate().pass(exchangeMaintenanceBegin, { id }, await callAs(people)(tenantId, personId, {}));
    if (passed.status !== 'accepted') throw new Error(`exchange.maintenance.begin is ${passed.status}, and not accepted`);
    return { changeId: passed.change.id, isWaiting: passed.change.state === 'awaiting_approval' };
  },
});

/** Controllers and route servers by the guarded way out of their tenant; the installation's own controller is named by whoever runs it. */
export function exchangeAdapters(parts: Parts, people: People, around: Around, options: ExchangeOptions = { provider: 'self_hosted_controller' }): readonly (readonly [Port<unknown>, unknown])[] {
  const { databases, sealer } = parts;
  const { provider: kind, controllerUrl, stateDir, stopCommand, startCommand } = options;
  const exceptions = (tenantId: string) => () => databases.tenant({ tenantId, operation: 'egress to the exchange', readOnly: true }, (db) => exceptionsOf(db, tenantId));
  const egress = (): Egress => providerOf(around.adapters())(Egress);
  const port = controllers({
    kind,
    ownUrl: controllerUrl,
    send: (tenantId, own) => (request) => (own ? outboundRequest(request, OWN) : egress().request({ tenantId, exceptions: exceptions(tenantId) }, request)),
  });
  const lines = sshLines((tenantId) => (to) => egress().ssh({ tenantId, exceptions: exceptions(tenantId) }, to));
  return [
    provide(Controllers, port),
    provide(TokenSealing, sealer),
    provide(StateFolders, stateFolders({ ownUrl: controllerUrl, folder: stateDir, stop: stopCommand, start: startCommand })),
    provide(SshLines, lines),
    provide(Convergence, convergence(parts, people, around)),
    provide(RuleDecisions, ruleDecisions(parts, people, around)),
    provide(StatusTrail, statusTrail(parts)),
    ...registryAdapters(options),
    provide(Maintaining, maintaining(people, around)),
    ...memberAdapters(parts, around),
  ];
} // prettier-ignore

/** Looks at the requests and the servers of a fabric, one job after the other. */
export const exchangeJobs = (parts: Parts, { adapters }: Around): readonly (readonly [typeof QUEUE, (job: JobRun) => Promise<void>])[] => {
  const { databases, live, now } = parts;
  const outsideOf = (tenantId: string): Outside => ({
    tenantId,
    now,
    provider: providerOf(adapters()),
    async tx(work) {
      const emitted: Emitted[] = [];
      const result = await databases.tenant({ tenantId }, async (db) => {
        const done = await work(systemContexts(parts, adapters())(db, tenantId, QUEUE, emitted));
        await appendEvents(db, tenantId, emitted, null);
        return done;
      });
      if (emitted.length > 0) for (const topic of [`tenant:${tenantId}`, 'outbox']) live.publish(topic);
      return result;
    },
  });
  const look = async (tenantId: string, fabricId: string): Promise<void> => {
    const outside = outsideOf(tenantId);
    await decideByRule(outside, fabricId);
    await convergeFabric(outside, fabricId);
  };
  return [[QUEUE, ({ data: { tenantId, fabricId } }) => look(tenantId, fabricId!)]];
};
