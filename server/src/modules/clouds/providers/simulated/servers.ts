import { isDeepStrictEqual } from 'node:util';
import { ProviderError } from '../port.ts';
import {
  MARK_CHANGE,
  MARK_ID,
  type Accepted,
  type Mark,
  type ObservedServer,
  type ObservedStatus,
  type PowerAction,
  type ServerSpec,
} from '../port.ts';
import { begin, nextSequence, runningOn } from './actions.ts';
import { catalog } from './catalog.ts';
import type { FaultKind } from '../../simulator.ts';
import { between, draw } from './random.ts';
import { QUOTA, type CloudState, type Effect, type SimServer } from './state.ts';

/** One call at the cloud's counter: the draft it may write to, the virtual time, and what goes wrong with it. */
export interface Desk {
  state: CloudState;
  now: number;
  faults: ReadonlySet<FaultKind>;
}

const STATUS: Record<SimServer['status'], ObservedStatus> = {
  initializing: 'creating',
  running: 'running',
  starting: 'starting',
  stopping: 'stopping',
  off: 'stopped',
  deleting: 'deleting',
};

export function shown(server: SimServer): ObservedServer {
  const { [MARK_ID]: id, [MARK_CHANGE]: change, ...labels } = server.labels;
  return {
    externalId: server.id,
    name: server.name,
    status: STATUS[server.status],
    region: server.region,
    zone: server.zone,
    size: server.size,
    image: server.image,
    diskGb: server.diskGb,
    labels,
    mark: id ? { id, change: change ?? '' } : null,
    protection: { delete: server.protected },
    publicIpv4: server.ipv4,
    publicIpv6: server.ipv6,
    createdAt: new Date(server.createdAt).toISOString(),
    sequence: server.sequence,
  };
}

const refuse = (...args: ConstructorParameters<typeof ProviderError>): never => {
  throw new ProviderError(...args);
};

function found({ state }: Desk, id: string): SimServer {
  return state.world.servers.find((server) => server.id === id) ?? refuse('not_found', 'not_found', `server ${id} does not exist`);
}

/** For a mutating call: it exists and no action runs on it. */
function unlocked(desk: Desk, id: string): SimServer {
  const server = found(desk, id);
  if (runningOn(desk.state, id)) refuse('locked', 'locked', `an action is running on server ${id}`, 2);
  return server;
}

const start = ({ state, now, faults }: Desk, server: SimServer, effect: Effect): Accepted => ({
  externalId: server.id,
  action: begin(state, now, server, effect, { stuck: faults.has('stuck-action'), fails: faults.has('failing-action') }).id,
});

const marked = (labels: Record<string, string>, mark: Mark | null): Record<string, string> =>
  mark ? { ...labels, [MARK_ID]: mark.id, [MARK_CHANGE]: mark.change } : labels;

function checkName({ state }: Desk, name: string, self?: string): void {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) refuse('invalid', 'invalid_input', `"${name}" is not a valid host name`);
  if (state.world.servers.some((server) => server.name === name && server.id !== self))
    refuse('conflict', 'uniqueness_error', `the name "${name}" is taken`);
}

function sold({ state, now }: Desk, region: string, sizeId: string) {
  const size = catalog(state.control.startedAt).sizes.find(({ id }) => id === sizeId);
  if (!size) return refuse('invalid', 'invalid_server_type', `there is no size "${sizeId}"`);
  if (!size.regions.includes(region)) return refuse('invalid', 'invalid_input', `size ${sizeId} is not sold in ${region}`);
  if (size.endsAt && Date.parse(size.endsAt) <= now) return refuse('invalid', 'deprecated', `size ${sizeId} is no longer sold`);
  return size;
}

function checkQuota(desk: Desk, more: { servers: number; vcpus: number }): void {
  const { servers } = desk.state.world;
  const sizes = catalog(desk.state.control.startedAt).sizes;
  const vcpus = servers.reduce((sum, { size }) => sum + (sizes.find(({ id }) => id === size)?.vcpus ?? 0), 0);
  if (desk.faults.has('quota') || servers.length + more.servers > QUOTA.servers)
    refuse('quota', 'resource_limit_exceeded', `limit of ${QUOTA.servers} servers reached`);
  if (vcpus + more.vcpus > QUOTA.vcpus) refuse('quota', 'resource_limit_exceeded', `limit of ${QUOTA.vcpus} vCPU reached`);
}

/** The first free one of the three documentation networks (RFC 5737), counted from a place that the seed chooses. */
function freeIpv4({ control, world }: CloudState): string {
  const networks = ['192.0.2', '198.51.100', '203.0.113'];
  const taken = new Set(world.servers.map(({ ipv4 }) => ipv4));
  const first = Math.floor(draw(control.seed, 'ipv4', 0) * 750);
  for (let i = 0; i < 750; i += 1) {
    const n = (first + i) % 750;
    const address = `${networks[Math.floor(n / 250)]}.${1 + (n % 250)}`;
    if (!taken.has(address)) return address;
  }
  return refuse('capacity', 'resource_unavailable', 'no free address is left');
}

export function create(desk: Desk, spec: ServerSpec, mark: Mark | null): Accepted {
  const { state, now } = desk;
  checkName(desk, spec.name);
  const { regions, images } = catalog(state.control.startedAt);
  const region = regions.find(({ id }) => id === spec.region) ?? refuse('invalid', 'invalid_input', `there is no region "${spec.region}"`);
  const size = sold(desk, spec.region, spec.size);
  const image = images.find(({ id }) => id === spec.image) ?? refuse('invalid', 'invalid_input', `there is no image "${spec.image}"`);
  if (image.endsAt && Date.parse(image.endsAt) <= now) refuse('invalid', 'deprecated', `image ${image.id} is no longer offered`);
  if (image.architecture !== size.architecture)
    refuse('invalid', 'invalid_input', `image ${image.id} is ${image.architecture}, size ${size.id} is ${size.architecture}`);
  if (spec.zone && !region.zones.includes(spec.zone)) refuse('invalid', 'invalid_input', `there is no zone "${spec.zone}" in ${region.id}`);
  if (desk.faults.has('capacity')) refuse('capacity', 'resource_unavailable', `${size.id} is sold out in ${region.id}`);
  checkQuota(desk, { servers: 1, vcpus: size.vcpus });
  const n = nextSequence(state);
  const { seed, lagSeconds } = state.control;
  const server: SimServer = {
    id: String(1_000_000 + Math.floor(draw(seed, 'id', 0) * 900_000) + n),
    name: spec.name,
    status: 'initializing',
    region: spec.region,
    zone: spec.zone ?? region.zones[Math.floor(draw(seed, 'zone', n) * region.zones.length)]!,
    size: spec.size,
    image: spec.image,
    diskGb: size.diskGb,
    labels: marked(spec.labels, mark),
    protected: spec.protection.delete,
    ipv4: freeIpv4(state),
    ipv6: `2001:db8:${n.toString(16)}::1`,
    createdAt: now,
    visibleAt: now + between(0, lagSeconds * 1_000, draw(seed, 'lag', n)),
    offAt: null,
    stubborn: false,
    sequence: n,
  };
  state.world.servers.push(server);
  return start(desk, server, { kind: 'create', start: spec.start });
}

export function update(
  desk: Desk,
  id: string,
  change: { name?: string | undefined; labels?: Record<string, string> | undefined; mark?: Mark | undefined },
): Accepted {
  const server = found(desk, id);
  if (change.name !== undefined) checkName(desk, change.name, id);
  const { mark } = shown(server);
  const labels = marked(change.labels ?? shown(server).labels, change.mark ?? mark);
  const name = change.name ?? server.name;
  if (name === server.name && isDeepStrictEqual(labels, server.labels)) return { externalId: id, action: null };
  Object.assign(server, { name, labels, sequence: nextSequence(desk.state) });
  return { externalId: id, action: null };
}

export function protect(desk: Desk, id: string, on: boolean): Accepted {
  const server = unlocked(desk, id);
  if (server.protected !== on) Object.assign(server, { protected: on, sequence: nextSequence(desk.state) });
  return { externalId: id, action: null };
}

export function remove(desk: Desk, id: string): Accepted {
  const server = unlocked(desk, id);
  if (server.protected) refuse('protected', 'protected', `server ${id} is protected against deletion`);
  return start(desk, server, { kind: 'delete', before: server.status });
}

export function power(desk: Desk, id: string, action: PowerAction): Accepted {
  const server = unlocked(desk, id);
  const good = action === 'start' ? server.status === 'off' : action === 'poweroff' ? server.status !== 'off' : server.status === 'running';
  if (!good) refuse('state', 'invalid_state', `server ${id} is ${server.status}, so ${action} is not possible`);
  return start(desk, server, { kind: 'power', action, before: server.status });
}

export function resize(desk: Desk, id: string, sizeId: string, growDisk: boolean): Accepted {
  const server = unlocked(desk, id);
  const size = sold(desk, server.region, sizeId);
  if (server.status !== 'off') refuse('state', 'server_not_stopped', `server ${id} must be off to be resized`);
  if (size.diskGb < server.diskGb) refuse('invalid', 'invalid_server_type', `the disk of ${server.diskGb} GB does not fit into ${sizeId}`);
  if (desk.faults.has('capacity')) refuse('capacity', 'resource_unavailable', `${sizeId} is sold out in ${server.region}`);
  const now = catalog(desk.state.control.startedAt).sizes.find((known) => known.id === server.size)?.vcpus ?? 0;
  checkQuota(desk, { servers: 0, vcpus: size.vcpus - now });
  return start(desk, server, { kind: 'resize', size: sizeId, growDisk });
}
