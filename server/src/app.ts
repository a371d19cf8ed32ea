import type { Config } from '#kernel/config.ts';
import { createHealth, type Health } from '#kernel/health.ts';
import type { Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import { masterKeysOf } from '#kernel/master-keys.ts';
import { readRoot } from '#kernel/master-keys-root.ts';
import { createMetrics, type Metrics } from '#kernel/metrics.ts';
import type { Module } from '#kernel/module.ts';
import { providerOf } from '#kernel/port.ts';
import { access } from '#modules/access/index.ts';
import { RIGHTS_TOPIC } from '#modules/access/steps.ts';
import { audit } from '#modules/audit/index.ts';
import { clouds } from '#modules/clouds/index.ts';
import { cloudAdapters } from './clouds.ts';
import { dns } from '#modules/dns/index.ts';
import { createFeeds } from '#modules/governance/feeds.ts';
import { openApprovals } from '#modules/governance/figures.ts';
import { governance } from '#modules/governance/index.ts';
import { identity } from '#modules/identity/index.ts';
import { activeSessions } from '#modules/identity/sessions/figures.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { keys } from '#modules/keys/index.ts';
import { limits } from '#modules/limits/index.ts';
import { mail } from '#modules/mail/index.ts';
import { notifications } from '#modules/notifications/index.ts';
import { oauth } from '#modules/oauth/index.ts';
import { policies } from '#modules/policies/index.ts';
import { reports } from '#modules/reports/index.ts';
import { secrets } from '#modules/secrets/index.ts';
import { tenancy } from '#modules/tenancy/index.ts';
import { webhooks } from '#modules/webhooks/index.ts';
import { workflows } from '#modules/workflows/index.ts';
import { Hosts } from '#modules/tenancy/providers/port.ts';
import { createHttp, type Http, type HttpOptions } from '#surfaces/http.ts';
import type { Doubts } from '#surfaces/stream.ts';
import { createCore, type Core, type CoreOptions } from './core.ts';
import { dnsAdapters } from './dns.ts';
import { egressAdapters, ownPlaces } from './egress.ts';
import { executionFeeds } from './executions.ts';
import { mailDelivery, smsFor } from './outside.ts';
import { invitationFigures } from '#modules/tenancy/invitations/figures.ts';
import { iamOptions } from './installation.ts';
import { counterRedis, pong } from './limits.ts';
import { notificationOptions } from './notifications.ts';
import { observersOf } from './observers.ts';
import { createIam, type Iam } from './people.ts';
import { platformPolicies } from './policies.ts';
import { secretAdapters } from './secrets.ts';
import { letterAdapters } from './triggers.ts';
import { webhookFigures, webhookOptions } from './webhooks.ts';

/** Every module of the product; the order of migrations follows from what each comes after. */
export const MODULES: readonly Module[] = [
  identity,
  tenancy,
  access,
  governance,
  audit,
  keys,
  limits,
  mail,
  notifications,
  oauth,
  policies,
  reports,
  secrets,
  webhooks,
  clouds,
  dns,
  workflows,
];

export interface App {
  core: Core;
  iam: Iam;
  http: Http;
  health: Health;
}

export interface AppOptions {
  config: Config;
  databaseUrl: string;
  log: Log;
  version: string;
  works: boolean;
  webRoot?: string;
}

/** Sessions, keys or rights have changed somewhere. */
const doubtsOn =
  (live: Live): Doubts =>
  (hear) => {
    const stops = [CREDENTIALS_TOPIC, RIGHTS_TOPIC].map((topic) => live.subscribe(topic, hear));
    return () => stops.forEach((stop) => stop());
  };

function probesOf(health: Health, metrics: Metrics, metricsToken: string | undefined): HttpOptions['probes'] {
  const status = async () => {
    const { status: state, components } = await health.check();
    return { status: state === 'ready' ? 200 : 503, body: { status: state, components } };
  };
  return {
    live: async () => (health.alive() ? { status: 200, body: { status: 'alive' } } : { status: 503, body: { status: 'stuck' } }),
    ready: status,
    health: status,
    metrics: async () => {
      const { type, body } = await metrics.text();
      return { contentType: type, body };
    },
    ...(metricsToken ? { metricsToken } : {}),
  };
}

const httpConfigOf = (config: Config, version: string): HttpOptions['config'] => ({
  publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
  trustedProxies: config.trustedProxies,
  allowedHosts: ['localhost', '127.0.0.1', '[::1]', config.host],
  version,
  rateLimitFactor: config.rateLimitFactor,
  agentRegistration: config.oauthRegistration === 'open',
});

const observing =
  (log: Log, metrics: () => Metrics | undefined): NonNullable<CoreOptions['observe']> =>
  (entry, problem) => {
    metrics()?.observe(entry);
    const { requestId, decisionId, operation } = entry;
    if (problem?.slug === 'internal') log.error({ err: problem.cause, requestId, decisionId, operation }, 'unexpected fault');
  };

/** All wiring, and nothing else. */
export async function createApp({ config, databaseUrl, log, version, works, webRoot }: AppOptions): Promise<App> {
  let iam: Iam | undefined;
  let metrics: Metrics | undefined;
  const redis = counterRedis(config, log);
  const closed = await ownPlaces([databaseUrl, config.redis?.url]);
  const masterKeys = masterKeysOf(config.masterKey, config.previousMasterKeys);
  const core: Core = await createCore({
    databaseUrl,
    masterKey: await readRoot(databaseUrl, masterKeys),
    masterKeys,
    modules: MODULES,
    log,
    works,
    poolSize: config.poolSize,
    rateLimitFactor: config.rateLimitFactor,
    counterRedis: redis,
    people: (parts) =>
      (iam = createIam(
        parts,
        undefined,
        iamOptions(config, log, () => metrics),
      )),
    adapters: (parts, people) => [
      ...iam!.adapters,
      ...cloudAdapters(parts, config),
      ...dnsAdapters(parts, config, () => core.adapters),
      ...egressAdapters(parts, config, closed),
      ...letterAdapters(parts, config),
      ...secretAdapters(parts, people, databaseUrl, (op) => metrics?.secret(op)),
    ],
    observe: observing(log, () => metrics),
    notifications: { ...notificationOptions(config), observe: (channel, result) => metrics?.notification(channel, result) },
    triggers: { publicUrl: httpConfigOf(config, version).publicUrl.replace(/\/$/, '') },
    webhooks: { ...webhookOptions(config), observe: (outcome, seconds) => metrics?.webhook(outcome, seconds) },
    sms: smsFor(config, log, (outcome) => metrics?.sms(outcome)),
    deliverMail: mailDelivery(config, (outcome) => metrics?.mail(outcome)),
    platformPolicies: platformPolicies(config.policyFiles),
    ...observersOf(() => metrics),
  });
  const readings = [...[invitationFigures, openApprovals, activeSessions].map((reading) => reading(core.databases)), ...webhookFigures(core)];
  const measured = (metrics = createMetrics(core.databases, () => core.jobs, readings, core.audit.depth));
  const health = createHealth(core.databases, redis ? { redis: () => pong(redis) } : {});
  const http = await createHttp({
    registry: core.registry,
    gate: core.gate,
    config: httpConfigOf(config, version),
    agentRules: iam!.agentRules,
    agentStateKey: core.keyFor('agent-state'),
    log,
    feeds: createFeeds(core.databases, core.live),
    executions: executionFeeds(core, iam!),
    hooks: core.hooks,
    probes: probesOf(health, measured, config.metricsToken),
    tenantOf: (host) => providerOf(core.adapters)(Hosts).tenantOf(host),
    doubts: doubtsOn(core.live),
    wellKnown: { 'jwks.json': () => iam!.jwks(), 'switchyard-audit-keys.json': core.auditKeys },
    ...(webRoot ? { webRoot } : {}),
  });
  return { core, iam: iam!, http, health };
}
