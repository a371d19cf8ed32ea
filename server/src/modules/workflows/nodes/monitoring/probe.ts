import { TooLate, TooMuch } from '#kernel/outbound-http.ts';
import { Unequipped } from '#kernel/outbound-ping.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import { asNodeError } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import { kindOf } from '../entity_query/kinds.ts';
import { parsed } from '../http_api/answer.ts';
import { refusalOf } from '../operation/outcome.ts';
import { bgp, type BgpProbe } from './bgp.ts';
import { metric, type MetricProbe } from './metric.ts';

/** What is looked at. */
export type Probe =
  | { kind: 'http'; url: string; timeoutSeconds: number }
  | { kind: 'tcp'; host: string; port: number; timeoutSeconds: number }
  | { kind: 'icmp'; host: string; count: number; maxLossPercent: number; timeoutSeconds: number }
  | { kind: 'tls'; host: string; port: number; timeoutSeconds: number; minDays: number }
  | { kind: 'dns'; name: string; type: string; timeoutSeconds: number }
  | BgpProbe
  | MetricProbe
  | { kind: 'resource'; resource: string; id: string };

export interface Seen {
  /** Without a condition of its own, whether that is good. */
  good: boolean;
  result: Record<string, Json>;
}

const MAX_BYTES = 1_048_576;
const DAY = 86_400_000;

async function http(run: NodeRun, { url, timeoutSeconds }: Extract<Probe, { kind: 'http' }>): Promise<Seen> {
  const from = performance.now();
  const request = { url, method: 'GET', headers: {}, timeoutMs: timeoutSeconds * 1_000, maxBytes: MAX_BYTES, redirects: 5, signal: run.signal };
  const answer = await run.provider(Egress).request(askerOf(run), request);
  const body = await parsed(answer, 'auto', run.files);
  return { good: answer.status < 400, result: { reached: true, status: answer.status, headers: answer.headers, body, ms: Math.round(performance.now() - from) } };
} // prettier-ignore

async function tcp(run: NodeRun, { host, port, timeoutSeconds }: Extract<Probe, { kind: 'tcp' }>): Promise<Seen> {
  const ms = await run.provider(Egress).connect(askerOf(run), { host, port, timeoutMs: timeoutSeconds * 1_000, signal: run.signal });
  return { good: true, result: { reached: true, ms } };
}

/** Round trips in milliseconds, with what the clock of `ping` tells below one. */
async function icmp(run: NodeRun, { host, count, maxLossPercent, timeoutSeconds }: Extract<Probe, { kind: 'icmp' }>): Promise<Seen> {
  const to = { host, count, timeoutMs: timeoutSeconds * 1_000, signal: run.signal };
  const { sent, received, roundTrip } = await run.provider(Egress).ping(askerOf(run), to);
  const lossPercent = Math.round(((sent - received) / sent) * 1_000) / 10;
  const times = { ms: roundTrip?.avg ?? null, minMs: roundTrip?.min ?? null, maxMs: roundTrip?.max ?? null };
  const result = { reached: received > 0, sent, received, lossPercent, ...times };
  return { good: received > 0 && lossPercent <= maxLossPercent, result };
}

async function tls(run: NodeRun, { host, port, timeoutSeconds, minDays }: Extract<Probe, { kind: 'tls' }>): Promise<Seen> {
  const shown = await run.provider(Egress).certificate(askerOf(run), { host, port, timeoutMs: timeoutSeconds * 1_000, signal: run.signal });
  const daysLeft = Math.floor((shown.validTo.getTime() - run.now.getTime()) / DAY);
  const { subject, issuer, names, fault } = shown;
  const times = { validFrom: shown.validFrom.toISOString(), validTo: shown.validTo.toISOString() };
  return { good: fault === null && daysLeft >= minDays, result: { reached: true, subject, issuer, names, fault, daysLeft, ...times } };
}

async function dns(run: NodeRun, { name, type, timeoutSeconds }: Extract<Probe, { kind: 'dns' }>): Promise<Seen> {
  const records = (
    await run.provider(Egress).resolve(askerOf(run), { name, type, timeoutMs: timeoutSeconds * 1_000, signal: run.signal })
  ).toSorted();
  return { good: records.length > 0, result: { reached: true, records } };
}

async function resource(run: NodeRun, { resource: kind, id }: Extract<Probe, { kind: 'resource' }>, tag: string): Promise<Seen> {
  const outcome = await run.call(kindOf(kind).get, { id }, { tag });
  if (outcome.status === 'refused' && outcome.problem.status === 404)
    return { good: false, result: { reached: false, error: outcome.problem.detail } };
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  if (outcome.status !== 'done') throw new NodeError('type-error', 'expression', `${kind} cannot be looked at.`);
  return { good: true, result: { reached: true, item: outcome.output } };
}

function look(run: NodeRun, probe: Probe, tag: string): Promise<Seen> {
  switch (probe.kind) {
    case 'http':
      return http(run, probe);
    case 'tcp':
      return tcp(run, probe);
    case 'icmp':
      return icmp(run, probe);
    case 'tls':
      return tls(run, probe);
    case 'dns':
      return dns(run, probe);
    case 'bgp':
      return bgp(run, probe, tag);
    case 'metric':
      return metric(run, probe, tag);
    case 'resource':
      return resource(run, probe, tag);
  }
}

/** Looks once. That nobody answers is what was to be found out; that it must not be asked is an error. `tag` is unique in the run. */
export async function probed(run: NodeRun, probe: Probe, tag: string): Promise<Seen> {
  try {
    return await look(run, probe, tag);
  } catch (error) {
    if (error instanceof Forbidden || error instanceof Unequipped) throw asNodeError(error);
    if (!(error instanceof Unreachable || error instanceof TooLate || error instanceof TooMuch)) throw error;
    return { good: false, result: { reached: false, error: error.message } };
  }
}

/** By the condition where there is one. What an expression cannot read, since nobody answered, is not good. */
export function isGood(run: NodeRun, condition: string | undefined, { good, result }: Seen, extra: Readonly<Record<string, Json>> = {}): boolean {
  if (condition === undefined || result['reached'] === false) return good;
  const found = run.evaluate(condition, { result, ...extra });
  if (typeof found !== 'boolean') throw new NodeError('type-error', 'expression', '`condition` answers true or false.');
  return found;
}
