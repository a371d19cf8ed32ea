import type { Metrics } from '#kernel/metrics.ts';
import type { CoreOptions } from './core.ts';

type Observers = Pick<
  CoreOptions,
  'workflows' | 'observeCrossing' | 'observePolicy' | 'observeJob' | 'observeLimited' | 'observeAudit' | 'observeStores' | 'figures'
>;

/** What happens inside, told to metrics; these are made when everything else is there. */
export const observersOf = (metrics: () => Metrics | undefined): Observers => ({
  observeCrossing: (detector, severity) => metrics()?.crossing(detector, severity),
  observePolicy: (seconds, errors) => metrics()?.policy(seconds, errors),
  observeJob: (queue, outcome, seconds) => metrics()?.job(queue, outcome, seconds),
  observeLimited: (role, layer) => metrics()?.limited(role, layer),
  observeAudit: (seconds) => metrics()?.auditWritten(seconds),
  observeStores: {
    contention: (kind) => metrics()?.contention(kind),
    cached: (kind, result) => metrics()?.cached(kind, result),
    filled: (kind, seconds) => metrics()?.filled(kind, seconds),
  },
  workflows: {
    observe: {
      ended: (...said) => metrics()?.workflows.ended(...said),
      node: (...said) => metrics()?.workflows.node(...said),
      tool: (outcome) => metrics()?.workflows.tool(outcome),
      written: (seconds) => metrics()?.workflows.written(seconds),
      waited: (seconds) => metrics()?.workflows.waited(seconds),
      recovered: () => metrics()?.workflows.recovered(),
      inDoubt: () => metrics()?.workflows.inDoubt(),
      script: (seconds) => metrics()?.workflows.script(seconds),
    },
  },
  figures: {
    approvalDecided: (seconds) => metrics()?.approvalDecided(seconds),
    approvalLate: () => metrics()?.approvalLate(),
    requestMoved: (...said) => metrics()?.requestMoved(...said),
    provisioned: (...said) => metrics()?.provisioned(...said),
    applied: (...said) => metrics()?.applied(...said),
  },
});
