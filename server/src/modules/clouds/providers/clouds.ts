import { PACE } from './pace.ts';
import type { CloudProviders, Pace } from './port.ts';
import { CAPABILITIES, simulatedProvider } from './simulated/provider.ts';
import type { SimulatorStore } from './simulated/store.ts';

/** Every kind of cloud there is, behind the one port. */
export const cloudProviders = ({
  store,
  pace = PACE,
  now = Date.now,
}: {
  store: SimulatorStore;
  pace?: Pace;
  now?: () => number;
}): CloudProviders => ({
  kinds: ['simulated'],
  pace,
  circuits: new Map(),
  capabilities: (kind) => (kind === 'simulated' ? CAPABILITIES : null),
  open(connection, signal) {
    if (connection.kind !== 'simulated') throw new Error(`connections of kind ${connection.kind} have no servers`);
    return simulatedProvider(store, connection, signal, now);
  },
});
