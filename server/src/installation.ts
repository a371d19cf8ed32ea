import type { Metrics } from '#kernel/metrics.ts';
import type { Config } from '#kernel/config.ts';
import type { Log } from '#kernel/log.ts';
import { accountOptions } from './accounts.ts';
import { agentOptions } from './agents.ts';
import { federationOptions } from './federation.ts';
import { tenancyOptions } from './organisations.ts';
import type { IamOptions } from './people.ts';
import { webStoreOf } from './session-store.ts';

/** What people, sessions, factors and tenants are told of the installation: the same in a server as in a command beside it. */
export function iamOptions(config: Config, log: Log, metrics?: () => Metrics | undefined): IamOptions {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  return {
    accounts: accountOptions(config),
    agents: agentOptions(config),
    federation: { ...federationOptions(config), reached: (id, up) => metrics?.()?.idp(id, up) },
    factors: { ...config, publicUrl },
    issuer: publicUrl,
    webStore: webStoreOf(config, log),
    observeSession: (...observed) => metrics?.()?.session(...observed),
    tenancy: { ...tenancyOptions(config), checked: (outcome) => metrics?.()?.domainCheck(outcome) },
  };
}
