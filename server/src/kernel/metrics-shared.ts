import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Figures } from './figures.ts';

const QUICK = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

export interface SharedMetrics extends Pick<Figures, 'approvalDecided' | 'approvalLate'> {
  /** A call was refused; `role` is one that comes with the product. */
  limited: (role: string, layer: string) => void;
  /** A lease was wanted that another process holds. */
  contention: (kind: string) => void;
  /** One look at what outside systems said. */
  cached: (kind: string, result: string) => void;
  /** One question to an outside system whose answer is kept. */
  filled: (kind: string, seconds: number) => void;
  /** One use of the place where sessions live. */
  session: (backend: string, op: string, seconds: number) => void;
  auditWritten: (seconds: number) => void;
  /** An attempt to reach rows of another tenant. */
  crossing: (detector: string, severity: string) => void;
  /** One evaluation of the rules of a tenant: how long it took, and how many of them failed. */
  policy: (seconds: number, errors: number) => void;
}

/** What processes do together: limits, leases, caches, sessions, the trail, approvals (governance.md 19). No label takes more values than code has. */
export function sharedMetrics(registry: Registry, auditDepth: () => number): SharedMetrics {
  const registers = [registry];
  const limited = new Counter({ name: 'sy_rate_limited_total', help: 'Calls refused by a limit', labelNames: ['role', 'layer'], registers });
  const contention = new Counter({ name: 'sy_lock_contention_total', help: 'Leases that another held', labelNames: ['kind'], registers });
  const cached = new Counter({
    name: 'sy_resource_cache_total',
    help: 'Looks at what outside systems said',
    labelNames: ['kind', 'result'],
    registers,
  });
  const filled = new Histogram({ name: 'sy_resource_fill_seconds', help: 'Time outside systems took to answer', labelNames: ['kind'], buckets: [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10], registers }); // prettier-ignore
  const sessions = new Histogram({ name: 'sy_session_op_seconds', help: 'Time of the session store', labelNames: ['backend', 'op'], buckets: QUICK, registers }); // prettier-ignore
  const audit = new Histogram({ name: 'sy_audit_write_seconds', help: 'Time to write audit entries', buckets: QUICK, registers });
  const crossings = new Counter({ name: 'sy_rls_violations_total', help: 'Attempts to reach rows of another tenant', labelNames: ['detector', 'severity'], registers }); // prettier-ignore
  const decided = new Histogram({ name: 'sy_approval_decide_seconds', help: 'From a request for approval to its decision', buckets: [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200], registers }); // prettier-ignore
  const late = new Counter({ name: 'sy_approval_sla_breaches_total', help: 'Requests not decided when they should have been', registers });
  new Gauge({ name: 'sy_audit_queue_depth', help: 'Audit entries that wait to be written', registers, collect() { this.set(auditDepth()); } }); // prettier-ignore
  const policySeconds = new Histogram({ name: 'sy_policy_eval_seconds', help: 'Time to evaluate the rules that concern a call', buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1], registers }); // prettier-ignore
  const policyErrors = new Counter({ name: 'sy_policy_errors_total', help: 'Rules that could not be evaluated', registers });
  return {
    limited: (role, layer) => limited.inc({ role, layer }),
    contention: (kind) => contention.inc({ kind }),
    cached: (kind, result) => cached.inc({ kind, result }),
    filled: (kind, seconds) => filled.observe({ kind }, seconds),
    session: (backend, op, seconds) => sessions.observe({ backend, op }, seconds),
    crossing: (detector, severity) => crossings.inc({ detector, severity }),
    auditWritten: (seconds) => audit.observe(seconds),
    policy(seconds, errors) {
      policySeconds.observe(seconds);
      if (errors > 0) policyErrors.inc(errors);
    },
    approvalDecided: (seconds) => decided.observe(seconds),
    approvalLate: () => late.inc(),
  };
}
