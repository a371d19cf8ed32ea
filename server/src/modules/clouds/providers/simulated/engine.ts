import { ProviderError, type ErrorClass } from '../port.ts';
import type { Accepted, ActionState, Catalog, LatestAction, Mark, ObservedServer, PowerAction, ServerSpec } from '../port.ts';
import { edit } from './actor.ts';
import { settle } from './actions.ts';
import { catalog } from './catalog.ts';
import { virtualNow } from './clock.ts';
import type { FaultKind } from '../../simulator.ts';
import { strike } from './faults.ts';
import { draw, latency } from './random.ts';
import { create, power, protect, remove, resize, shown, update, type Desk } from './servers.ts';
import { RATE_LIMIT, type CloudState, type Control, type SimAction } from './state.ts';

/** What arrives over the wire of this cloud. */
export type Request =
  | { method: 'list'; page: string | null }
  | { method: 'get'; id: string }
  | { method: 'find'; mark: string }
  | { method: 'latest'; id: string }
  | { method: 'create'; spec: ServerSpec; mark: Mark }
  | { method: 'update'; id: string; change: { name?: string | undefined; labels?: Record<string, string> | undefined; mark?: Mark | undefined } }
  | { method: 'delete'; id: string }
  | { method: 'power'; id: string; action: PowerAction }
  | { method: 'resize'; id: string; size: string; growDisk: boolean }
  | { method: 'protect'; id: string; on: boolean }
  | { method: 'poll'; tokens: readonly string[] }
  | { method: 'catalog' }
  | { method: 'identify' };

export interface Answers {
  list: { items: ObservedServer[]; next: string | null };
  get: ObservedServer | null;
  find: ObservedServer[];
  latest: LatestAction | null;
  create: Accepted;
  update: Accepted;
  delete: Accepted;
  power: Accepted;
  resize: Accepted;
  protect: Accepted;
  poll: ActionState[];
  catalog: Catalog;
  identify: string;
}

export interface RateState {
  limit: number;
  left: number;
  /** Seconds of virtual time until the bucket is full again. */
  resetSeconds: number;
}

/** What the caller gets to see. `lost`: the connection broke; whether the call was carried out, nobody tells. */
export type Reply = { latencyMs: number; rate: RateState } & (
  | { kind: 'answer'; value: unknown }
  | { kind: 'refusal'; class: ErrorClass; code: string; message: string; retryAfterSeconds?: number | undefined }
  | { kind: 'lost' }
  | { kind: 'hang' }
);

const PAGE = 20;
const READS: ReadonlySet<Request['method']> = new Set(['list', 'get', 'find', 'latest', 'poll', 'catalog', 'identify']);
export const isRead = (method: Request['method']): boolean => READS.has(method);

function refill(control: Control, now: number): RateState {
  const perMs = RATE_LIMIT.perHour / 3_600_000;
  const left = Math.min(RATE_LIMIT.perHour, control.rate.left + Math.max(0, now - control.rate.at) * perMs);
  control.rate = { left, at: now };
  return { limit: RATE_LIMIT.perHour, left: Math.floor(left), resetSeconds: Math.ceil((RATE_LIMIT.perHour - left) / perMs / 1_000) };
}

function list({ state, now, faults }: Desk, page: string | null): Answers['list'] {
  const visible = state.world.servers.filter(({ visibleAt }) => visibleAt <= now).sort((a, b) => Number(a.id) - Number(b.id));
  const all = faults.has('partial-list') ? visible.slice(0, Math.floor(visible.length / 2)) : visible;
  const from = Number(page ?? 0);
  const shift = from > 0 && faults.has('page-shift') ? 1 : 0; // somebody deleted on page one while we read
  const items = all.slice(from - shift, from - shift + PAGE).map(shown);
  return { items, next: from + PAGE < all.length ? String(from + PAGE) : null };
}

function progressOf({ startsAt, endsAt }: SimAction, now: number): number {
  if (endsAt === null) return 50;
  return Math.min(99, Math.floor((100 * (now - startsAt)) / Math.max(1, endsAt - startsAt)));
}

const poll = ({ state, now }: Desk, tokens: readonly string[]): ActionState[] =>
  tokens.map((token) => {
    const action = state.world.actions.find(({ id }) => id === token);
    if (!action) throw new ProviderError('not_found', 'not_found', `there is no action ${token}`);
    if (action.status === 'running') return { token, status: 'running', progress: progressOf(action, now) };
    return action.status === 'success'
      ? { token, status: 'succeeded' }
      : { token, status: 'failed', code: 'action_failed', message: action.fails ?? 'the action failed' };
  });

function dispatch(desk: Desk, request: Request): unknown {
  const { state, now } = desk;
  switch (request.method) {
    case 'list':
      return list(desk, request.page);
    case 'get': {
      const server = state.world.servers.find(({ id }) => id === request.id);
      return server ? shown(server) : null;
    }
    case 'find':
      return state.world.servers
        .filter(({ visibleAt }) => visibleAt <= now)
        .map(shown)
        .filter(({ mark }) => mark?.id === request.mark);
    case 'latest': {
      const action = state.world.actions.findLast(({ server }) => server === request.id);
      return action ? { token: action.id, method: action.effect.kind, sequence: action.sequence } : null;
    }
    case 'create':
      return create(desk, request.spec, request.mark);
    case 'update':
      return update(desk, request.id, request.change);
    case 'delete':
      return remove(desk, request.id);
    case 'power':
      return power(desk, request.id, request.action);
    case 'resize':
      return resize(desk, request.id, request.size, request.growDisk);
    case 'protect':
      return protect(desk, request.id, request.on);
    case 'poll':
      return poll(desk, request.tokens);
    case 'catalog':
      return catalog(state.control.startedAt);
    case 'identify':
      return `sim-${state.control.seed}`;
  }
}

/** Trouble at the door: the call does nothing. */
function turnedAway(
  faults: ReadonlySet<FaultKind>,
  rate: RateState,
): Omit<Extract<Reply, { kind: 'refusal' }>, 'latencyMs' | 'rate'> | { kind: 'hang' } | { kind: 'lost' } | undefined {
  if (faults.has('hang')) return { kind: 'hang' };
  if (faults.has('reset-before')) return { kind: 'lost' };
  if (faults.has('server-error')) return { kind: 'refusal', class: 'unavailable', code: 'service_error', message: 'internal error of the provider' };
  if (faults.has('throttle') || rate.left < 1)
    return { kind: 'refusal', class: 'rate', code: 'rate_limit_exceeded', message: 'too many calls', retryAfterSeconds: 1 };
  if (faults.has('revoked-credential')) return { kind: 'refusal', class: 'auth', code: 'unauthorized', message: 'the credential is not accepted' };
  return undefined;
}

function meddle(desk: Desk, request: Request): void {
  const id = 'id' in request ? request.id : undefined;
  if (id === undefined) return;
  if (desk.faults.has('external-delete')) edit(desk, { act: 'delete', server: id });
  if (desk.faults.has('external-edit')) edit(desk, { act: 'edit', server: id, labels: { 'edited-by': 'somebody-else' } });
}

/**
 * One call: the state before and a request give the state after and what the caller gets. Pure: time, chance and faults are
 * all in the arguments. A refused call still counts against the rate limit and may use up a fault.
 */
export function handle(before: CloudState, request: Request, realNow: number): { state: CloudState; reply: Reply } {
  const state = structuredClone(before);
  const { control } = state;
  const now = virtualNow(control.clock, realNow);
  settle(state, now);
  const { method } = request;
  const call = (control.calls['all'] = (control.calls['all'] ?? 0) + 1);
  control.calls[method] = (control.calls[method] ?? 0) + 1;
  const rate = refill(control, now);
  const faults = strike(control.faults, method, control.seed, call);
  const meta = { latencyMs: latency(control.latencyMs, draw(control.seed, 'latency', call), draw(control.seed, 'latency2', call)), rate };
  const away = turnedAway(faults, rate);
  if (away) return { state, reply: { ...meta, ...away } };
  control.rate.left -= 1;
  const desk: Desk = { state, now, faults };
  meddle(desk, request);
  try {
    const value = dispatch(desk, request);
    return { state, reply: faults.has('lost-answer') ? { ...meta, kind: 'lost' } : { ...meta, kind: 'answer', value } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return {
      state,
      reply: { ...meta, kind: 'refusal', class: error.class, code: error.code, message: error.message, retryAfterSeconds: error.retryAfterSeconds },
    };
  }
}
