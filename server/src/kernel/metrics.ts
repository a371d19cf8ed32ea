import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Databases } from './database.ts';
import type { AuditEntry } from './gate-steps.ts';
import type { Jobs } from './jobs.ts';
import { sharedMetrics, type SharedMetrics } from './metrics-shared.ts';

export interface Metrics extends SharedMetrics {
  observe: (entry: AuditEntry) => void;
  job: (queue: string, outcome: string, seconds: number) => void;
  mail: (outcome: string) => void;
  sms: (outcome: string) => void;
  /** One attempt at a message to a channel. */
  notification: (channel: string, result: string) => void;
  /** One attempt to send an event to a receiver: what came of it, and how many seconds after the commit. */
  webhook: (outcome: string, seconds: number) => void;
  /** Of executions of workflows: one that ended, a checkpoint, a wait for a turn, and one that a worker left behind. */
  workflows: {
    ended: (status: string, trigger: string, seconds: number) => void;
    written: (seconds: number) => void;
    waited: (seconds: number) => void;
    recovered: () => void;
  };
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

/** Figures of the engine of workflows (workflows.md 17). */
function workflowMetrics(registers: Registry[]): Metrics['workflows'] {
  const ended = new Counter({ name: 'workflow_executions_total', help: 'Executions that ended', labelNames: ['status', 'trigger'], registers });
  const took = new Histogram({ name: 'workflow_execution_seconds', help: 'From the start of an execution to its end', buckets: [0.01, 0.05, 0.25, 1, 5, 30, 300, 3600, 86_400], registers }); // prettier-ignore
  const waited = new Histogram({ name: 'workflow_queue_wait_seconds', help: 'From when an execution may begin until it does', buckets: [0.005, 0.05, 0.25, 1, 5, 30, 300], registers }); // prettier-ignore
  const written = new Histogram({ name: 'workflow_checkpoint_commit_seconds', help: 'Time of one write of an execution', buckets: [0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5], registers }); // prettier-ignore
  const recovered = new Counter({ name: 'workflow_recoveries_total', help: 'Executions taken up from a worker that was gone', registers });
  return {
    ended(status, trigger, seconds) {
      ended.inc({ status, trigger });
      took.observe(seconds);
    },
    written: (seconds) => written.observe(seconds),
    waited: (seconds) => waited.observe(seconds),
    recovered: () => recovered.inc(),
  };
}

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
  const decisions = new Counter({
    name: 'sy_gate_decisions_total',
    help: 'Decisions of the Gate',
    labelNames: ['result', 'stage', 'surface'],
    registers,
  });
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
  return {
    ...sharedMetrics(registry, auditDepth),
    observe(entry) {
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
    workflows: workflowMetrics(registers),
    secret: (op) => secretOps.inc({ op }),
    idp: (provider, up) => idps.set({ provider }, up ? 1 : 0),
    domainCheck: (outcome) => domainChecks.inc({ outcome }),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
