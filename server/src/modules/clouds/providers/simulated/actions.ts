import { between, draw } from './random.ts';
import { catalog } from './catalog.ts';
import type { CloudState, Effect, SimAction, SimServer } from './state.ts';

const KEEP_ENDED = 200;

/** Seconds from acceptance to the end, at the least and at the most. */
const seconds = (effect: Effect): [number, number] => {
  if (effect.kind === 'create') return [4, 9];
  if (effect.kind === 'delete') return [1, 3];
  if (effect.kind === 'resize') return [8, 15];
  return effect.action === 'shutdown' ? [0.5, 1] : [1, 4];
};
const GUEST_SHUTDOWN_SECONDS: [number, number] = [1, 4];

export const nextSequence = (state: CloudState): number => (state.control.sequence += 1);

const during = (effect: Effect, server: SimServer): SimServer['status'] => {
  if (effect.kind === 'create') return 'initializing';
  if (effect.kind === 'delete') return 'deleting';
  if (effect.kind === 'resize') return 'off';
  if (effect.action === 'start') return 'starting';
  return effect.action === 'poweroff' ? 'stopping' : server.status;
};

/** Takes an effect on: the server is locked until the action ends. */
export function begin(state: CloudState, now: number, server: SimServer, effect: Effect, trouble: { stuck: boolean; fails: boolean }): SimAction {
  const n = nextSequence(state);
  const [low, high] = seconds(effect);
  const action: SimAction = {
    id: String(40_000_000 + n),
    server: server.id,
    sequence: n,
    effect,
    startsAt: now,
    endsAt: trouble.stuck ? null : now + 1_000 * between(low, high, draw(state.control.seed, 'duration', n)),
    fails: trouble.fails ? 'the action failed on the host' : null,
    status: 'running',
  };
  server.status = during(effect, server);
  server.sequence = n;
  state.world.actions.push(action);
  return action;
}

export const runningOn = (state: CloudState, server: string): SimAction | undefined =>
  state.world.actions.find((action) => action.server === server && action.status === 'running');

/** A failed action leaves the server as it was; a failed creation leaves a server that is off, so somebody has to clean up. */
const failed = (effect: Effect): SimServer['status'] => (effect.kind === 'power' || effect.kind === 'delete' ? effect.before : 'off');

function power(state: CloudState, server: SimServer, effect: Extract<Effect, { kind: 'power' }>, at: number): void {
  if (effect.action !== 'shutdown') {
    server.status = effect.action === 'poweroff' ? 'off' : 'running';
    return;
  }
  if (server.stubborn) return; // the signal was sent, the guest does not care
  const [low, high] = GUEST_SHUTDOWN_SECONDS;
  server.status = 'stopping';
  server.offAt = at + 1_000 * between(low, high, draw(state.control.seed, 'guest', server.sequence));
}

function resize(state: CloudState, server: SimServer, effect: Extract<Effect, { kind: 'resize' }>): void {
  const size = catalog(state.control.startedAt).sizes.find(({ id }) => id === effect.size);
  server.size = effect.size;
  if (effect.growDisk && size) server.diskGb = Math.max(server.diskGb, size.diskGb);
}

function finish(state: CloudState, action: SimAction, at: number): void {
  const server = state.world.servers.find(({ id }) => id === action.server);
  action.status = action.fails || !server ? 'error' : 'success';
  if (!server) {
    action.fails ??= 'the server is gone';
    return;
  }
  const { effect } = action;
  server.sequence = nextSequence(state);
  if (action.fails) server.status = failed(effect);
  else if (effect.kind === 'create') server.status = effect.start ? 'running' : 'off';
  else if (effect.kind === 'delete') state.world.servers = state.world.servers.filter(({ id }) => id !== server.id);
  else if (effect.kind === 'resize') resize(state, server, effect);
  else power(state, server, effect, at);
}

function guestsGoOff(state: CloudState, now: number): void {
  for (const server of state.world.servers) {
    if (server.offAt === null || server.offAt > now) continue;
    server.offAt = null;
    if (server.status !== 'stopping') continue; // powered off or deleted in the meantime
    server.status = 'off';
    server.sequence = nextSequence(state);
  }
}

/** Brings the world to `now`: what should have ended by then has ended, in order. Answers whether anything did. */
export function settle(state: CloudState, now: number): boolean {
  const before = state.control.sequence;
  const due = state.world.actions
    .filter((action) => action.status === 'running' && action.endsAt !== null && action.endsAt <= now)
    .sort((a, b) => a.endsAt! - b.endsAt!);
  for (const action of due) finish(state, action, action.endsAt!);
  guestsGoOff(state, now);
  const ended = state.world.actions.filter(({ status }) => status !== 'running');
  const old = new Set(ended.slice(0, Math.max(0, ended.length - KEEP_ENDED)));
  if (old.size > 0) state.world.actions = state.world.actions.filter((action) => !old.has(action));
  return state.control.sequence !== before || due.length > 0;
}
