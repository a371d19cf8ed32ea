import type { Config } from '#kernel/config.ts';
import { createHealth, type Health } from '#kernel/health.ts';
import type { Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import { masterKeysOf } from '#kernel/master-keys.ts';
import { readRoot } from '#kernel/master-keys-root.ts';
import { createMetrics, type Metrics, type Reading } from '#kernel/metrics.ts';
import { providerOf } from '#kernel/port.ts';
import { RIGHTS_TOPIC } from '#modules/access/steps.ts';
import { aiOptions } from './ai.ts';
import { cloudAdapters } from './clouds.ts';
import { createFeeds } from '#modules/governance/feeds.ts';
import { exchangeFigures } from '#modules/exchange/figures.ts';
import { openApprovals } from '#modules/governance/figures.ts';
import { activeSessions } from '#modules/identity/sessions/figures.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { Hosts } from '#modules/tenancy/providers/port.ts';
import { workflowLeases, workflowQueue } from '#modules/workflows/figures.ts';
import { createHttp, type Http, type HttpOptions } from '#surfaces/http.ts';
import type { Doubts } from '#surfaces/stream.ts';
import { createCore, type Core, type CoreOptions, type Parts, type People } from './core.ts';
import { dnsAdapters } from './dns.ts';
import { egressAdapters, ownPlaces } from './egress.ts';
import { executionFeeds } from './executions.ts';
import { mailDelivery, smsFor } from './outside.ts';
import { invitationFigures } from '#modules/tenancy/invitations/figures.ts';
import { iamOptions } from './installation.ts';
import { counterRedis, pong } from './limits.ts';
import { MODULES } from './modules.ts';
import { notificationOptions } from './notifications.ts';
import { observersOf } from './observers.ts';
import { createIam, type Iam } from './people.ts';
import { platformPolicies } from './policies.ts';
import { secretAdapters } from './secrets.ts';
import { letterAdapters } from './triggers.ts';
import { webhookFigures, webhookOptions } from './webhooks.ts';

export { MODULES };

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

interface Outer {
  config: Config;
  databaseUrl: string;
  closed: ReadonlySet<string>;
  core: () => Core;
  metrics: () => Metrics | undefined;
}

/** The ways out of this process, and what is kept for tenants. */
const outerAdapters = (parts: Parts, people: People, { config, databaseUrl, closed, core, metrics }: Outer): ReturnType<CoreOptions['adapters']> => [
  ...cloudAdapters(parts, config),
  ...dnsAdapters(parts, config, () => core().adapters),
  ...egressAdapters(parts, config, closed, () => metrics()?.workflows.egressDenied()),
  ...letterAdapters(parts, config),
  ...secretAdapters(parts, people, databaseUrl, (op) => metrics()?.secret(op)),
];

/** Who follows an execution as it goes. */
const followersOf = (http: () => Http | undefined): Reading => ({
  name: 'workflow_stream_clients',
  help: 'Open streams of executions in this process',
  label: 'transport',
  read: async () => new Map([['socket', http()?.followers() ?? 0]]),
});

/** What modules hold, read when it is asked for. */
const OWN_FIGURES = [invitationFigures, openApprovals, activeSessions, workflowQueue, workflowLeases, ...exchangeFigures];

const exchangeOptions = ({ zerotier, registries, allowPrivateTargets }: Config) => ({ ...zerotier, ...registries, allowPrivateTargets });

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
      ...outerAdapters(parts, people, { config, databaseUrl, closed, core: () => core, metrics: () => metrics }),
    ],
    observe: observing(log, () => metrics),
    notifications: { ...notificationOptions(config), observe: (channel, result) => metrics?.notification(channel, result) },
    triggers: { publicUrl: httpConfigOf(config, version).publicUrl.replace(/\/$/, ''), late: (seconds) => metrics?.workflows.late(seconds) },
    webhooks: { ...webhookOptions(config), observe: (outcome, seconds) => metrics?.webhook(outcome, seconds) },
    sms: smsFor(config, log, (outcome) => metrics?.sms(outcome)),
    deliverMail: mailDelivery(config, (outcome) => metrics?.mail(outcome)),
    platformPolicies: platformPolicies(config.policyFiles),
    ...observersOf(() => metrics),
    wired: { ai: aiOptions(config, (model, usage) => metrics?.ai(model, usage)), exchange: exchangeOptions(config) },
  });
  const readings = [...OWN_FIGURES.map((reading) => reading(core.databases)), ...webhookFigures(core), followersOf(() => http)];
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
