import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Databases } from './database.ts';
import type { Figures } from './figures.ts';
import type { AuditEntry } from './gate-steps.ts';
import type { Jobs } from './jobs.ts';
import { exchangeMetrics, signInMetrics } from './metrics-exchange.ts';
import { sharedMetrics, type SharedMetrics } from './metrics-shared.ts';
import { workflowMetrics, type WorkflowMetrics } from './metrics-workflows.ts';

export interface Metrics extends SharedMetrics, Figures {
  observe: (entry: AuditEntry) => void;
  job: (queue: string, outcome: string, seconds: number) => void;
  mail: (outcome: string) => void;
  sms: (outcome: string) => void;
  /** One attempt at a message to a channel. */
  notification: (channel: string, result: string) => void;
  /** One attempt to send an event to a receiver: what came of it, and how many seconds after the commit. */
  webhook: (outcome: string, seconds: number) => void;
  /** One answer of a model: tokens, and cost in millionths of a US dollar. */
  ai: (model: string, usage: { inputTokens: number; outputTokens: number; cost: number }) => void;
  workflows: WorkflowMetrics;
  /** A value that was sealed, opened, or did not open. */
  secret: (op: string) => void;
  /** Whether an identity provider of the installation answered when it was last asked. */
  idp: (provider: string, up: boolean) => void;
  /** One look at the proof of a domain. */
  domainCheck: (outcome: 'found' | 'missing') => void;
  /** OpenMetrics text and its media type. No tenant is named in a label. */
  text: () => Promise<{ type: string; body: string }>;
}

/** A figure that a module reads when it is asked for: how many there are, by one label. */
export interface Reading {
  name: string;
  help: string;
  label: string;
  read: () => Promise<ReadonlyMap<string, number>>;
}

function show({ name, help, label, read }: Reading, registry: Registry): void {
  new Gauge({ name, help, labelNames: [label], registers: [registry], async collect() {
    // A database that is down must not take the other figures with it.
    const found = await read().catch(() => undefined);
    this.reset();
    for (const [value, count] of found ?? []) this.set({ [label]: value }, count);
  } }); // prettier-ignore
}

function showJobs(jobs: () => Jobs | undefined, registry: Registry): void {
  new Gauge({ name: 'sy_jobs', help: 'Jobs by queue and state', labelNames: ['queue', 'state'], registers: [registry], async collect() {
    for (const { queue, waiting, active, failed } of (await jobs()?.counts().catch(() => undefined)) ?? []) {
      this.set({ queue, state: 'waiting' }, waiting);
      this.set({ queue, state: 'active' }, active);
      this.set({ queue, state: 'failed' }, failed);
    }
  } }); // prettier-ignore
}

/** What models took and cost (workflows.md 17). */
function aiMetrics(registers: Registry[]): Metrics['ai'] {
  const tokens = new Counter({ name: 'ai_tokens_total', help: 'Tokens that models took and gave', labelNames: ['model', 'direction'], registers });
  const cost = new Counter({
    name: 'ai_cost_total',
    help: 'US dollars that models cost, by the prices of the catalogue',
    labelNames: ['model'],
    registers,
  });
  return (model, usage) => {
    tokens.inc({ model, direction: 'in' }, usage.inputTokens);
    tokens.inc({ model, direction: 'out' }, usage.outputTokens);
    cost.inc({ model }, usage.cost / 1_000_000);
  };
}

/** Operations by which people come in; there are as many as the code has. */
const SIGN_IN = /^auth\.(.+\.)?(login|localLogin|challenge|callback|complete)$/;

export function createMetrics(
  databases: Databases,
  jobs: () => Jobs | undefined,
  readings: readonly Reading[] = [],
  auditDepth: () => number = () => 0,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const step = new Histogram({ name: 'sy_gate_seconds', help: 'Time in each step of the Gate', labelNames: ['step'], buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5], registers }); // prettier-ignore
  const decisions = new Counter({ name: 'sy_gate_decisions_total', help: 'Decisions of the Gate', labelNames: ['result', 'stage', 'surface'], registers }); // prettier-ignore
  const jobSeconds = new Histogram({ name: 'sy_job_seconds', help: 'Time of a job attempt', labelNames: ['queue', 'outcome'], buckets: [0.01, 0.1, 1, 10, 60, 600], registers }); // prettier-ignore
  const mails = new Counter({ name: 'sy_mail_total', help: 'Mails by what became of an attempt', labelNames: ['outcome'], registers });
  const told = new Counter({ name: 'sy_notifications_total', help: 'Attempts at messages to channels, by what became of them', labelNames: ['channel', 'result'], registers }); // prettier-ignore
  const texts = new Counter({ name: 'sy_sms_total', help: 'Texts by what became of them', labelNames: ['outcome'], registers });
  const webhookAttempts = new Counter({ name: 'sy_webhook_attempts_total', help: 'Attempts to send events to receivers, by what came of them', labelNames: ['outcome'], registers }); // prettier-ignore
  const webhookSeconds = new Histogram({ name: 'sy_webhook_delivery_seconds', help: 'From the commit of an event to its receiver’s 2xx', buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600, 3600, 36_000], registers }); // prettier-ignore
  const secretOps = new Counter({ name: 'sy_secret_ops_total', help: 'Values of secrets by what was done with them', labelNames: ['op'], registers }); // prettier-ignore
  const idps = new Gauge({ name: 'sy_idp_up', help: 'Identity providers that answered when they were last asked', labelNames: ['provider'], registers }); // prettier-ignore
  const domainChecks = new Counter({ name: 'sy_domain_checks_total', help: 'Looks at the proof of a domain', labelNames: ['outcome'], registers });
  for (const reading of readings) show(reading, registry);
  new Gauge({ name: 'sy_database_connections', help: 'Connections of the pools', labelNames: ['state'], registers, collect() {
    const { total, idle, waiting } = databases.usage();
    this.set({ state: 'busy' }, total - idle);
    this.set({ state: 'idle' }, idle);
    this.set({ state: 'wanted' }, waiting);
  } }); // prettier-ignore
  showJobs(jobs, registry);
  // Looked up once: the library hashes labels anew at every use.
  const steps = new Map<string, ReturnType<typeof step.labels>>();
  const stepCalled = (name: string): ReturnType<typeof step.labels> => {
    let found = steps.get(name);
    if (!found) steps.set(name, (found = step.labels(name)));
    return found;
  };
  const signedIn = signInMetrics(registers);
  return {
    ...sharedMetrics(registry, auditDepth),
    ...exchangeMetrics(registers),
    observe(entry) {
      if (SIGN_IN.test(entry.operation)) signedIn(entry.operation, entry.result);
      for (const name in entry.timings) stepCalled(name).observe(entry.timings[name]! / 1000);
      decisions.inc({ result: entry.result, stage: entry.reason?.stage ?? 'none', surface: entry.surface });
    },
    job: (queue, outcome, seconds) => jobSeconds.observe({ queue, outcome }, seconds),
    mail: (outcome) => mails.inc({ outcome }),
    sms: (outcome) => texts.inc({ outcome }),
    notification: (channel, result) => told.inc({ channel, result }),
    webhook(outcome, seconds) {
      webhookAttempts.inc({ outcome });
      if (outcome === 'delivered') webhookSeconds.observe(seconds);
    },
    ai: aiMetrics(registers),
    workflows: workflowMetrics(registers),
    secret: (op) => secretOps.inc({ op }),
    idp: (provider, up) => idps.set({ provider }, up ? 1 : 0),
    domainCheck: (outcome) => domainChecks.inc({ outcome }),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
