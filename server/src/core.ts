import { createHmac } from 'node:crypto';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import { openDatabases, ROLES, urlFor, type Database, type Databases, type TenantWork } from '#kernel/database.ts';
import { deliver, runDispatcher } from '#kernel/events.ts';
import { Figures, noFigures } from '#kernel/figures.ts';
import { createGate, type Gate, type Steps } from '#kernel/gate.ts';
import { sweepEvents } from '#kernel/event-upkeep.ts';
import { sweepKeys } from '#kernel/idempotency.ts';
import type { Hooks } from '#kernel/hooks.ts';
import { keyedHash } from '#kernel/ids.ts';
import { openJobs, type JobRun, type Jobs } from '#kernel/jobs.ts';
import { openLive, type Live } from '#kernel/live.ts';
import type { Log } from '#kernel/log.ts';
import { Mail } from '#kernel/mail.ts';
import type { Module } from '#kernel/module.ts';
import { adapters as adapterMap, provide, type Adapters, type Port } from '#kernel/port.ts';
import '#kernel/problems.ts';
import { createRegistry, type Registry } from '#kernel/registry.ts';
import { masterKeysOf, type MasterKeys } from '#kernel/master-keys.ts';
import { createSealer, deriveKey, type KeyRing } from '#kernel/seal.ts';
import { Sms, SmsFault } from '#kernel/sms.ts';
import { spanned } from '#kernel/tracing.ts';
import { wireAudit } from './audit.ts';
import { wireKeys } from './keys.ts';
import { keepClock, systemContexts } from './clockwork.ts';
import { wirePolicies, type PolicyOptions } from './policies.ts';
import { runningChanges, wireLimits, type LimitOptions } from './limits.ts';
import { wireStores, type StoreOptions } from './stores.ts';
import { reviewAdapters } from './access-reviews.ts';
import { wireReports } from './reports.ts';
import { wireWebhooks, type WebhookOptions } from './webhooks.ts';
import { wireNotifications, type NotificationOptions } from './notifications.ts';
import { withAsked } from './triggers.ts';
import { wiredAdapters, wiredJobs, type WiredOptions } from './wired.ts';
import { wireAutomation, type AutomationOptions } from './automation.ts';
import { Teams } from '#kernel/teams.ts';
import { createAuditWriter, type AuditWriter } from '#modules/audit/writer.ts';
import { endAbandoned } from '#modules/governance/dead-letter.ts';
import { openChange } from '#modules/governance/open.ts';
import { emergencyLimits } from './emergencies.ts';
import { withConflicts } from '#modules/governance/conflicts/find.ts';
import { mayDeclare } from '#modules/governance/emergency/declare.ts';
import { EmergencyLimits, Machinery, Operations, Rights, Rosters } from '#modules/governance/providers/port.ts';
import { runChange } from '#modules/governance/runner/run.ts';
import { changeSucceeded } from '#modules/governance/succeeded.ts';
import { createFaultTeller } from '#modules/keys/faults.ts';
import { createOutbox } from '#modules/mail/outbox.ts';

/** What is there before any module's adapters are made. */
export interface Parts {
  databases: Databases;
  live: Live;
  jobs: Jobs;
  sealer: KeyRing;
  /** A key of its own for a purpose that concerns no tenant, from the installation's root. */
  keyFor: (purpose: string) => Uint8Array;
  registry: Registry;
  mail: Mail;
  sms: Sms;
  now: Clock;
  log: Log;
}

export interface People {
  authenticate: Steps['authenticate'];
  permit: Steps['permit'];
  /** Keys of the roles that an actor holds now. */
  rolesOf?: (actor: Actor) => Promise<readonly string[]>;
  /** Roles of an actor as far as they are in mind, for the trail. */
  rolesInMind?: (actor: Actor) => readonly string[];
  holders: Rights['holders'];
  revive: Rights['revive'];
  rosters: Rosters;
  teams: Teams;
  /** Nobody but one person works in the tenant. */
  alone: (db: Database, tenantId: string) => Promise<boolean>;
  watch?: Watch;
  /** Active tenants, for work by the clock. */
  tenantIds: () => Promise<string[]>;
  /** Lets go of what they hold outside the database. */
  close?: () => Promise<void>;
}

/** Looks out for attempts to cross from one tenant into another. None of it holds up an answer. */
export interface Watch {
  /** The database refused to write a row of another tenant. */
  refused: (who: TenantWork, table: string) => void;
  /** What a caller named was not found: was it somebody else's? */
  missed: NonNullable<Steps['missed']>;
  /** Everything seen so far is written down. */
  settled: () => Promise<void>;
  /** Told of each crossing, for metrics. */
  counted?: ((detector: string, severity: string) => void) | undefined;
}

export interface CoreOptions {
  databaseUrl: string;
  /** The installation's root: its first master key, and also its present one unless `masterKeys` are given. */
  masterKey: Uint8Array;
  masterKeys?: MasterKeys;
  modules: readonly Module[];
  /** Who is who and may do what: the first steps of the Gate. */
  people: (parts: Parts) => People;
  adapters: (parts: Parts, people: People) => readonly (readonly [Port<unknown>, unknown])[];
  log: Log;
  now?: Clock;
  poolSize?: number;
  rateLimitFactor?: number;
  /** Where all processes count calls, and what else they share and may lose; PostgreSQL when left out. */
  counterRedis?: LimitOptions['redis'];
  observe?: Steps['observe'];
  observeStores?: StoreOptions['observe'];
  observeLimited?: LimitOptions['observe'];
  observeAudit?: (seconds: number) => void;
  figures?: Figures;
  /** Rules of the installation, above those of every tenant. */
  platformPolicies?: PolicyOptions['platform'];
  observePolicy?: PolicyOptions['observe'];
  /** Where links of notifications lead, and where Slack is. */
  notifications?: NotificationOptions;
  /** Where our own API is, and how far receivers of events may be. */
  webhooks?: WebhookOptions;
  triggers?: AutomationOptions['triggers'];
  workflows?: AutomationOptions['workflows'];
  /** Parts that are wired alike. */
  wired?: WiredOptions;
  /** The way to phones; without it texts are refused. */
  sms?: Sms;
  /** Hands mails over; without it they wait in the outbox for a process that has it. */
  deliverMail?: (parts: Parts) => (job: JobRun) => Promise<void>;
  observeCrossing?: (detector: string, severity: string) => void;
  observeJob?: (queue: string, outcome: string, seconds: number) => void;
  /** This process carries out jobs. */
  works: boolean;
}

export interface Core extends Parts {
  /** What is behind `/hooks/…`. */
  hooks: Hooks;
  /** The public keys of anchors, for `/.well-known/switchyard-audit-keys.json`. */
  auditKeys: () => Promise<unknown>;
  gate: Gate;
  adapters: Adapters;
  people: People;
  audit: AuditWriter;
  /** Begins to carry out jobs, deliver events and keep the clock. */
  work: () => Promise<void>;
  /** Ends work at the next checkpoints, then closes everything. Answers how many jobs had to be abandoned. */
  stop: (deadlineMs: number) => Promise<number>;
}

const noSms: Sms = { kind: 'log', send: () => Promise.reject(new SmsFault('down', 'this process has no way to phones')) };

/** A keyed digest of inputs and plans. */
const digestWith = (masterKey: Uint8Array): ((text: string) => string) => keyedHash(createHmac('sha256', masterKey).update('input-digest').digest());

const observerOf = ({ observe = () => undefined }: CoreOptions): Steps['observe'] => observe;

/** The engine room: database, queue, Gate and the runner of Changes, around whatever modules and people it is given. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export async function createCore(options: CoreOptions): Promise<Core> {
  const { databaseUrl, masterKey, modules, log, now = () => new Date(), works } = options;
  const onError = (error: Error): void => log.error({ err: error }, 'background fault');
  const registry = createRegistry(modules);
  let watch: Watch | undefined;
  const onCrossing = (who: TenantWork, table: string): void => watch?.refused(who, table);
  const databases = openDatabases({ url: databaseUrl, masterKey, onError, onCrossing, ...(options.poolSize ? { poolSize: options.poolSize } : {}) });
  const platformUrl = urlFor(databaseUrl, ROLES.platform, masterKey);
  const live = await openLive(platformUrl, onError);
  const jobs = await openJobs({ url: platformUrl, live, onError, supervise: works });
  const sealer = createSealer(options.masterKeys ?? masterKeysOf(masterKey), {
    now,
    tables: new Set(modules.flatMap(({ sealed = [] }) => sealed.map(({ table }) => table))),
    onFault: createFaultTeller({ databases, live, log, now }),
  });
  const keyFor = (purpose: string): Uint8Array => deriveKey(masterKey, purpose);
  const parts: Parts = { databases, live, jobs, sealer, keyFor, registry, mail: createOutbox({ jobs, keyFor }), sms: options.sms ?? noSms, now, log };
  const people = options.people(parts);
  watch = people.watch;
  if (watch) watch.counted = options.observeCrossing;
  const audit = createAuditWriter(databases, onError, people.rolesInMind, options.observeAudit);
  const stores = wireStores(parts, { redis: options.counterRedis, observe: options.observeStores });
  const limits = wireLimits(parts, {
    leases: stores.leases,
    observe: options.observeLimited,
    redis: options.counterRedis,
    factor: options.rateLimitFactor ?? 1,
    rolesOf: people.rolesOf ?? (async () => []),
  });
  await limits.start();
  const keys = wireKeys(parts);
  const evidence = wireAudit(parts, people, { databaseUrl, ...options.webhooks }, () => adapters);
  const reports = wireReports(parts, people, { adapters: () => adapters, gate: () => gate });
  const policies = wirePolicies(parts, people, { platform: options.platformPolicies, onError, observe: options.observePolicy });
  const told = wireNotifications(parts, people, options.notifications ?? {}, { adapters: () => adapters, gate: () => gate });
  const receivers = wireWebhooks(parts, people, options.webhooks ?? {}, () => adapters);
  const around = { databaseUrl, masterKey, adapters: () => adapters, gate: () => gate, counters: limits.counters };
  const automation = wireAutomation(parts, people, around, options);
  const adapters = adapterMap(
    provide(Rights, { permit: people.permit, holders: people.holders, revive: people.revive }),
    provide(Rosters, people.rosters),
    provide(Teams, people.teams),
    provide(EmergencyLimits, emergencyLimits),
    provide(Operations, { get: (name) => registry.operations.get(name) ?? automation.published?.named(name) }),
    provide(Machinery, { jobs, sealer, audit: audit.steps }),
    provide(Mail, parts.mail),
    provide(Sms, parts.sms),
    provide(Figures, { ...noFigures, ...options.figures }),
    ...keys.adapters,
    ...evidence.adapters,
    ...reports.adapters,
    ...reviewAdapters({ people, gate: () => gate, adapters: () => adapters, audit: audit.steps }),
    ...policies.adapters,
    ...limits.adapters,
    ...stores.adapters,
    ...told.adapters,
    ...receivers.adapters,
    ...automation.adapters,
    ...wiredAdapters(parts, people, around, options.wired ?? {}),
    ...options.adapters(parts, people),
  );
  const steps: Steps = {
    authenticate: people.authenticate,
    enter: limits.enter,
    rateLimit: limits.step,
    permit: people.permit,
    policy: withAsked(policies.step, () => adapters),
    changes: { open: openChange, emergency: mayDeclare, conflicts: withConflicts, succeeded: changeSucceeded },
    audit: audit.steps,
    observe: observerOf(options),
    ...(watch ? { missed: watch.missed } : {}),
  };
  const gate = createGate({ registry, databases, steps, adapters, live, now, digest: digestWith(masterKey), published: automation.published });
  const runner = { databases, adapters, live, now, gate, audit: audit.steps, onError, mostRunning: runningChanges(options.rateLimitFactor) };
  let stopDispatcher = async (): Promise<void> => undefined;
  let stopSealer = async (): Promise<void> => undefined;

  const timed = (queue: string, run: (job: JobRun) => Promise<void>) => async (job: JobRun) => {
    const from = performance.now();
    const outcome = await spanned(`job ${queue}`, { queue, attempt: job.attempt }, () => run(job)).then(() => undefined, (error: unknown) => ({ error })); // prettier-ignore
    options.observeJob?.(queue, outcome ? 'failed' : 'done', (performance.now() - from) / 1000);
    if (outcome) throw outcome.error;
  };

  const systemContext = systemContexts(parts, adapters);

  return {
    ...parts,
    gate,
    adapters,
    people,
    audit,
    auditKeys: evidence.keys,
    hooks: automation.hooks,
    async work() {
      jobs.work(
        'change',
        timed('change', (job) => runChange(runner, job)),
      );
      jobs.work('change.dead', (job) => endAbandoned(runner, job));
      if (options.deliverMail) jobs.work('mail', timed('mail', options.deliverMail(parts)));
      jobs.work('notification', timed('notification', told.carryOut));
      jobs.work('reencryption', timed('reencryption', keys.carryOut));
      jobs.work(
        'event',
        timed('event', async ({ data }) => {
          const announced = await deliver(databases, registry, data, (db, event, emitted) => systemContext(db, event.tenantId, 'events', emitted));
          if (announced > 0) for (const topic of [`tenant:${data.tenantId}`, 'outbox']) live.publish(topic);
        }),
      );
      for (const [queue, carryOut] of [...automation.jobs(systemContext), ...wiredJobs(parts, around)]) jobs.work(queue, timed(queue, carryOut));
      stopSealer = evidence.run(reports.write);
      const fanOuts = [...(receivers.fanOut ? [receivers.fanOut] : []), ...automation.fanOuts];
      stopDispatcher = runDispatcher(databases, jobs, registry, live, onError, fanOuts);
      receivers.work();
      await automation.work();
      await limits.work();
      await stores.work();
      await jobs.schedule('idempotency-sweep', '17 * * * *', () => databases.platform('sweep idempotency keys', sweepKeys));
      await jobs.schedule('event-sweep', '23 * * * *', async () => void (await databases.platform('sweep events', (db) => sweepEvents(db, now()))));
      for (const module of registry.modules) await keepClock(module, parts, people, systemContext);
    },
    async stop(deadlineMs) {
      const [abandoned, brokenOff, unfinished] = await Promise.all([jobs.drain(deadlineMs), receivers.stop(deadlineMs), automation.stop(deadlineMs)]);
      await stopDispatcher();
      await watch?.settled();
      await audit.flush();
      await policies.stop();
      await stopSealer();
      await jobs.close();
      await stores.stop();
      await live.close();
      await people.close?.();
      await limits.stop();
      await databases.close();
      return abandoned + brokenOff + unfinished;
    },
  };
}
