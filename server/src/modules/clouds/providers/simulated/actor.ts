import type { Edit } from '../../simulator.ts';
import { MARK_ID } from '../port.ts';
import { nextSequence, runningOn } from './actions.ts';
import { create, type Desk } from './servers.ts';
import type { SimServer } from './state.ts';

type Make = Extract<Edit, { act: 'create' }>;
type Alter = Extract<Edit, { act: 'edit' }>;

/** It is there and runs at once. */
function make(desk: Desk, { name, region, size, image, mark }: Make): string {
  const { externalId } = create(desk, { name, region, size, image, labels: {}, protection: { delete: false }, start: true }, mark ?? null);
  const action = runningOn(desk.state, externalId);
  const server = desk.state.world.servers.find(({ id }) => id === externalId);
  if (action) action.status = 'success';
  if (server) server.status = 'running';
  return externalId;
}

const defined = (fields: { [K in keyof SimServer]?: SimServer[K] | undefined }): Partial<SimServer> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Whoever edits labels by hand leaves our mark alone. */
function labelsOf(server: SimServer, labels: Record<string, string> | undefined): Record<string, string> | undefined {
  const { [MARK_ID]: mark } = server.labels;
  return labels && { ...server.labels, ...labels, ...(mark ? { [MARK_ID]: mark } : {}) };
}

function alter(server: SimServer, { size, name, power, protected: guarded, ignoresShutdown, labels }: Alter): void {
  Object.assign(server, defined({ size, name, protected: guarded, stubborn: ignoresShutdown, labels: labelsOf(server, labels) }));
  if (power) Object.assign(server, { status: power === 'on' ? 'running' : 'off', offAt: null });
}

/** Carries the edit out at once, without locks and protection: the owner of an account can do that. Answers the server's id, or null when there is none. */
export function edit(desk: Desk, wish: Edit): string | null {
  const { state } = desk;
  if (wish.act === 'create') return make(desk, wish);
  const server = state.world.servers.find(({ id, name: known }) => id === wish.server || known === wish.server);
  if (!server) return null;
  server.sequence = nextSequence(state);
  if (wish.act === 'edit') alter(server, wish);
  else state.world.servers = state.world.servers.filter(({ id }) => id !== server.id);
  return server.id;
}
