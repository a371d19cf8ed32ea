import { Counter, Histogram, type Registry } from 'prom-client';
import type { Figures } from './figures.ts';

const STEPS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800];
const WORK = [0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Ports of exchanges and their route servers (exchange.md 18). Neither tenants nor AS numbers are labels. */
export function exchangeMetrics(registers: Registry[]): Pick<Figures, 'requestMoved' | 'provisioned' | 'applied'> {
  const moved = new Histogram({ name: 'sy_exchange_request_seconds', help: 'How long a request for a port was in a status before the next', labelNames: ['from', 'to'], buckets: STEPS, registers }); // prettier-ignore
  const stages = new Histogram({ name: 'sy_exchange_provision_seconds', help: 'Time of each stage of setting a port up', labelNames: ['stage', 'outcome'], buckets: WORK, registers }); // prettier-ignore
  const applies = new Histogram({ name: 'sy_exchange_rs_apply_seconds', help: 'Time of carrying a configuration to a route server', labelNames: ['outcome'], buckets: WORK, registers }); // prettier-ignore
  return {
    requestMoved: (from, to, seconds) => moved.observe({ from, to }, seconds),
    provisioned: (stage, outcome, seconds) => stages.observe({ stage, outcome }, seconds),
    applied: (outcome, seconds) => applies.observe({ outcome }, seconds),
  };
}

/** Attempts to sign in, by the operation and what came of it. */
export function signInMetrics(registers: Registry[]): (operation: string, outcome: string) => void {
  const attempts = new Counter({ name: 'sy_auth_total', help: 'Attempts to sign in, by how and what came of them', labelNames: ['method', 'outcome'], registers }); // prettier-ignore
  return (method, outcome) => attempts.inc({ method, outcome });
}
