import type { Config } from '#kernel/config.ts';
import { provide, type Port } from '#kernel/port.ts';
import { Sealing } from '#modules/clouds/connection-rows.ts';
import { cloudProviders } from '#modules/clouds/providers/clouds.ts';
import { CloudProviders, SimulatorControl } from '#modules/clouds/providers/port.ts';
import { simulatorControl } from '#modules/clouds/providers/simulated/control.ts';
import { databaseStore } from '#modules/clouds/providers/simulated/store.database.ts';
import { CloudReads, cloudReads } from '#modules/clouds/reads.ts';
import { ConnectionValidators, OutgoingHosts } from '#modules/clouds/validation.ts';
import type { Parts } from './core.ts';
import { dnsValidators, hostsFor } from './dns.ts';

/** What module clouds talks to. Simulated clouds obey their controls only where the demo runs. */
export function cloudAdapters({ databases, sealer, live, now }: Parts, config: Config): readonly (readonly [Port<unknown>, unknown])[] {
  return [
    provide(CloudProviders, cloudProviders({ store: databaseStore(databases) })),
    provide(SimulatorControl, config.demo ? simulatorControl() : null),
    provide(Sealing, sealer),
    provide(CloudReads, cloudReads({ databases, live, now })),
    provide(OutgoingHosts, hostsFor(config)),
    provide(ConnectionValidators, dnsValidators(config)),
  ];
}
