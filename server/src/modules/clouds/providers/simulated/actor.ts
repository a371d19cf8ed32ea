import type { Edit } from '../../simulator.ts';
import { MARK_ID } from '../port.ts';
import { nextSequence, runningOn } from './actions.ts';
import { create, type Desk } from './servers.ts';

/** Carries the edit out at once, without locks and protection: the owner of an account can do that. Answers the server's id, or null when there is none. */
export function edit(desk: Desk, wish: Edit): string | null {
  const { state } = desk;
  if (wish.act === 'create') {
    const { externalId } = create(
      desk,
      { name: wish.name, region: wish.region, size: wish.size, image: wish.image, labels: {}, protection: { delete: false }, start: true },
      wish.mark ?? null,
    );
    const action = runningOn(state, externalId);
    const server = state.world.servers.find(({ id }) => id === externalId);
    if (action) action.status = 'success';
    if (server) server.status = 'running';
    return externalId;
  }
  const server = state.world.servers.find(({ id, name: known }) => id === wish.server || known === wish.server);
  if (!server) return null;
  server.sequence = nextSequence(state);
  if (wish.act === 'delete') {
    state.world.servers = state.world.servers.filter(({ id }) => id !== server.id);
    return server.id;
  }
  const { [MARK_ID]: mark } = server.labels;
  Object.assign(server, {
    ...(wish.size === undefined ? {} : { size: wish.size }),
    ...(wish.name === undefined ? {} : { name: wish.name }),
    ...(wish.power === undefined ? {} : { status: wish.power === 'on' ? 'running' : 'off', offAt: null }),
    ...(wish.protected === undefined ? {} : { protected: wish.protected }),
    ...(wish.ignoresShutdown === undefined ? {} : { stubborn: wish.ignoresShutdown }),
    ...(wish.labels === undefined ? {} : { labels: { ...server.labels, ...wish.labels, ...(mark ? { [MARK_ID]: mark } : {}) } }),
  });
  return server.id;
}
