import type { SimulatorSettings } from '../../simulator.ts';
import type { CloudState } from './state.ts';
import { initialState } from './state.ts';

export interface CloudKey {
  tenantId: string;
  connectionId: string;
}

/** Where simulated clouds live. What `change` returns is saved before `transact` answers, whatever becomes of the caller. */
export interface SimulatorStore {
  transact: <T>(key: CloudKey, settings: SimulatorSettings, change: (state: CloudState) => { state: CloudState; result: T }) => Promise<T>;
}

/** For tests: the same rules without a database. It copies, as a database would. */
export function memoryStore(now: () => number = Date.now): SimulatorStore {
  const clouds = new Map<string, CloudState>();
  return {
    transact: async (key, settings, change) => {
      const name = `${key.tenantId}/${key.connectionId}`;
      const { state, result } = change(clouds.get(name) ?? initialState(settings, now()));
      clouds.set(name, structuredClone(state));
      return result;
    },
  };
}
