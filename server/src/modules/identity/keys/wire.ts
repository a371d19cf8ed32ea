import { provide, type Port } from '#kernel/port.ts';
import { Keys, ServiceAccounts } from './port.ts';
import { createServiceAccounts, type ServiceAccountDeps } from './service-accounts.ts';
import { createKeys } from './store.ts';

/** What the process provides for API keys and service accounts. */
export const keyAdapters = (deps: ServiceAccountDeps): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(Keys, createKeys(deps)),
  provide(ServiceAccounts, createServiceAccounts(deps)),
];
