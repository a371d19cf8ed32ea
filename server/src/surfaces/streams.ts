import type { FastifyInstance } from 'fastify';
import type { Gate } from '#kernel/gate.ts';
import { Problem } from '#kernel/problem.ts';
import { routesOf, type Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { callOf } from './call.ts';
import { CHANGE_GET, type ChangeView } from './change.ts';
import type { AddressGuard } from './limits.ts';
import { hintsFor, readableResources, type Feeds, type Streams } from './stream.ts';

interface StreamOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  feeds: Feeds;
  streams: Streams;
}

const EVENTS = '/events';
type Strategy = Parameters<FastifyInstance['addConstraintStrategy']>[0];
type Handler = Parameters<ReturnType<Strategy['storage']>['set']>[1];

/**
 * The path of the stream is also that of the list of events, for those who ask from time to time: who accepts an event stream gets the
 * stream. Where there is no list everybody does.
 */
function streamConstraint(app: FastifyInstance, { operations }: Registry): { constraints?: { stream: string } } {
  const hasList = [...operations.values()].flatMap(routesOf).some(({ method, path }) => method === 'GET' && path === EVENTS);
  if (!hasList) return {};
  app.addConstraintStrategy({
    name: 'stream',
    storage() {
      const handlers = new Map<unknown, Handler>();
      return { get: (key) => handlers.get(key) ?? null, set: (key, handler) => void handlers.set(key, handler) };
    },
    deriveConstraint: ({ headers: { accept } }) => (accept?.includes('text/event-stream') ? 'yes' : undefined),
  });
  return { constraints: { stream: 'yes' } };
}

/** `GET /changes/{id}/events`: one Change, for those who may read it. `GET /events`: what happens in the tenant, as hints. */
export function addStreams(app: FastifyInstance, { registry, gate, guard, feeds, streams }: StreamOptions): void {
  const options = { exposeHeadRoute: false };
  const changeGet = registry.operations.get(CHANGE_GET);

  if (changeGet) {
    app.get<{ Params: { id: string } }>(`${API}/changes/:id/events`, options, async (request, reply) => {
      const call = callOf(request);
      const look = async (): Promise<ChangeView> => {
        const passed = await gate.pass(changeGet, { id: request.params.id }, call);
        if (passed.status !== 'done') throw new Problem('not-found', 'There is no such Change here.');
        return passed.output as ChangeView;
      };
      const change = await guard.knowing(call, look);
      const actor = await gate.actor(call);
      await streams.serve({ request, reply, feed: feeds.change(actor.tenantId, change.id), actorId: actor.id, recheck: look });
    });
  }

  app.get(`${API}${EVENTS}`, { ...options, ...streamConstraint(app, registry) }, async (request, reply) => {
    const call = callOf(request);
    const actor = await guard.knowing(call, () => gate.actor(call));
    const reads = async () => {
      const offered = (await gate.offered(await gate.actor(call))).filter(({ risk }) => risk === 'read');
      const namesOf = (access: 'self' | undefined): Set<string> => readableResources(offered.filter((one) => one.access === access).map(({ name }) => name)); // prettier-ignore
      return { readable: namesOf(undefined), own: namesOf('self'), actorId: actor.id };
    };
    const known = readableResources([...registry.operations.values()].filter(({ risk }) => risk === 'read').map(({ name }) => name)); // prettier-ignore
    let hearing = { known, ...(await reads()) };
    const recheck = async (): Promise<void> => void (hearing = { known, ...(await reads()) });
    await streams.serve({ request, reply, feed: hintsFor(feeds.tenant(actor.tenantId), () => hearing), actorId: actor.id, recheck });
  });
}
