import { setTimeout as pause } from 'node:timers/promises';
import { ProviderError } from '../port.ts';
import { POWER_ACTIONS, type Capabilities, type CloudProvider, type OpenConnection } from '../port.ts';
import { handle, isRead, type Answers, type Reply, type Request } from './engine.ts';
import { SimulatorSettings } from '../../simulator.ts';
import { memoryStore, type SimulatorStore } from './store.ts';

export const CAPABILITIES: Capabilities = {
  power: POWER_ACTIONS,
  resizeWhileRunning: false,
  growDisk: true,
  deletionProtection: true,
  labels: true,
  rename: true,
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const give = (): void => reject(new ProviderError('unavailable', 'timeout', 'no answer in time'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });

/** What a client on the wire makes of the reply. After a broken connection a mutating call may have been carried out or not. */
function read(reply: Reply, mutating: boolean): unknown {
  if (reply.kind === 'answer') return reply.value;
  if (reply.kind === 'refusal') throw new ProviderError(reply.class, reply.code, reply.message, reply.retryAfterSeconds);
  throw new ProviderError(mutating ? 'ambiguous' : 'unavailable', 'connection_reset', 'the connection broke before the answer came');
}

/** The adapter of kind `simulated`: talks to the engine as the others talk to a network. */
export function simulatedProvider(
  saved: SimulatorStore,
  { tenantId, connectionId, config }: OpenConnection,
  signal: AbortSignal,
  now: () => number = Date.now,
): CloudProvider {
  // One that is only being tried out answers at once and is thrown away.
  const settings = { ...SimulatorSettings.parse(config), ...(connectionId === null ? { latencyMs: 0 } : {}) };
  const store = connectionId === null ? memoryStore(now) : saved;
  const key = { tenantId, connectionId: connectionId ?? 'tried-out' };
  const call = async <M extends Request['method']>(request: Extract<Request, { method: M }>): Promise<Answers[M]> => {
    const mutating = !isRead(request.method);
    if (signal.aborted) throw new ProviderError('unavailable', 'timeout', 'the time for this call was over before it was sent');
    const reply = await store.transact(key, settings, (state) => {
      const after = handle(state, request, now());
      return { state: after.state, result: after.reply };
    });
    try {
      if (reply.kind === 'hang') await aborted(signal);
      else await pause(reply.latencyMs, undefined, { signal });
    } catch {
      throw new ProviderError(mutating ? 'ambiguous' : 'unavailable', 'timeout', 'no answer came in time');
    }
    return read(reply, mutating) as Answers[M];
  };
  return {
    capabilities: CAPABILITIES,
    validate: async () => {
      const identity = await call<'identify'>({ method: 'identify' });
      const { regions } = await call<'catalog'>({ method: 'catalog' });
      const { items } = await call<'list'>({ method: 'list', page: null });
      return {
        ok: true,
        identity,
        checks: [
          { name: 'identity', ok: true, detail: `account ${identity}`, remedy: null },
          { name: 'catalog', ok: true, detail: `${regions.length} regions`, remedy: null },
          { name: 'servers', ok: true, detail: `${items.length} servers can be read`, remedy: null },
        ],
        warnings: [],
      };
    },
    identify: () => call<'identify'>({ method: 'identify' }),
    catalog: () => call<'catalog'>({ method: 'catalog' }),
    servers: {
      list: (page) => call<'list'>({ method: 'list', page }),
      get: async (id) => (await call<'get'>({ method: 'get', id })) ?? undefined,
      find: (mark) => call<'find'>({ method: 'find', mark }),
      latest: async (id) => (await call<'latest'>({ method: 'latest', id })) ?? undefined,
      create: (spec, mark) => call<'create'>({ method: 'create', spec, mark }),
      update: (id, change) => call<'update'>({ method: 'update', id, change }),
      delete: (id) => call<'delete'>({ method: 'delete', id }),
      power: (id, action) => call<'power'>({ method: 'power', id, action }),
      resize: (id, size, growDisk) => call<'resize'>({ method: 'resize', id, size, growDisk }),
      protect: (id, protection) => call<'protect'>({ method: 'protect', id, on: protection.delete }),
    },
    poll: (tokens) => call<'poll'>({ method: 'poll', tokens }),
  };
}
