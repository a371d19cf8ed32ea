import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import { refusalOf } from '../operation/outcome.ts';
import { isOpen } from '../values.ts';
import type { Seen } from './probe.ts';

export interface BgpProbe {
  kind: 'bgp';
  /** A port of the principal's own; all sessions of the route server without it. */
  id: string | undefined;
  /** Handle of a route server; every one of the port's fabric without it. */
  routeServer: string | undefined;
  family: 'any' | 'ipv4' | 'ipv6';
  /** Number of the network at the other end (RFC 6793). */
  asn: number | undefined;
}

const OF_PORT = 'exchange.ports.sessions';
const OF_SERVER = 'exchange.lookingglass.protocols';
const has = (value: Json | undefined): boolean => value !== undefined && value !== '';

/** Which of the two is asked, for `operations` of the node type; both where an expression decides. */
export const bgpReads = (id: Json | undefined): string[] => (isOpen(id) ? [OF_PORT, OF_SERVER] : [has(id) ? OF_PORT : OF_SERVER]);

/** Answers are kept for 30 s; what is older by far was said before something went wrong. */
const RECENT_SECONDS = 120;

/** What the Operations of the exchange say, as far as it is looked at. */
const Session = z.looseObject({
  protocol: z.string(),
  bgpState: z.string(),
  since: z.string(),
  neighborAddress: z.string().nullable(),
  neighborAs: z.int().nullable(),
  lastError: z.string().nullable(),
  channels: z.array(z.looseObject({ family: z.string(), state: z.string() })),
});
const heard = { routeServer: z.string(), stale: z.boolean() };
const OfServer = z.object({ ...heard, ageSeconds: z.int(), items: z.array(Session) });
const OfPort = z.object({
  items: z.array(
    z.object({
      ...heard,
      ageSeconds: z.int().nullable(),
      problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
      sessions: z.array(Session),
    }),
  ),
});
/** One route server, and what it says of its sessions; `problem` where it says nothing. */
type Heard = z.output<typeof OfPort>['items'][number];

const silent = (error: string): Seen => ({ good: false, result: { reached: false, error } });

/** Whether nobody could be asked now. That it is not there, or does not answer, is what was to be found out. */
const isSilence = ({ status }: { status: number }): boolean => status === 404 || status >= 502;

async function heardBy(run: NodeRun, { id, routeServer }: BgpProbe, tag: string): Promise<Heard[] | string> {
  const [operation, input] = id === undefined ? [OF_SERVER, { id: routeServer }] : [OF_PORT, { id }];
  const outcome = await run.call(operation, input, { tag });
  if (outcome.status === 'refused') {
    if (isSilence(outcome.problem)) return outcome.problem.detail;
    throw refusalOf(outcome.problem);
  }
  if (outcome.status !== 'done') throw new NodeError('type-error', 'expression', `${operation} cannot be looked at.`);
  if (id === undefined) {
    const { items, ...said } = OfServer.parse(outcome.output);
    return [{ ...said, problem: null, sessions: items }];
  }
  const all = OfPort.parse(outcome.output).items;
  const wanted = routeServer === undefined ? all : all.filter((one) => one.routeServer === routeServer);
  return wanted.length > 0 ? wanted : `There is no route server${routeServer === undefined ? '' : ` "${routeServer.slice(0, 64)}"`} on the fabric of this port.`;
} // prettier-ignore

function sessionsFrom({ routeServer, ageSeconds, stale, sessions }: Heard, { family, asn }: BgpProbe) {
  const channelsOf = (one: z.output<typeof Session>) => one.channels.filter((channel) => family === 'any' || channel.family === family);
  return sessions
    .filter((one) => (asn === undefined || one.neighborAs === asn) && (family === 'any' || channelsOf(one).length > 0))
    .map((one) => {
      const { protocol, bgpState, since, neighborAddress, neighborAs, lastError } = one;
      const families = channelsOf(one).map((channel) => ({ family: channel.family, state: channel.state }));
      // A session that carries the family at all carries it now.
      const established = bgpState === 'Established' && (family === 'any' || families.every(({ state }) => state === 'UP'));
      return { routeServer, protocol, bgpState, established, families, since, neighborAddress, neighborAs, lastError, ageSeconds, stale };
    });
}

/** Why it is not known how the sessions of this route server are now, or null. */
function unknown({ routeServer, problem, ageSeconds, stale }: Heard): string | null {
  if (problem) return `${routeServer}: ${problem.detail}`;
  if (stale) return `${routeServer} does not answer now; what is known of it is ${ageSeconds} s old`;
  return (ageSeconds ?? 0) > RECENT_SECONDS ? `${routeServer} was last asked ${ageSeconds} s ago` : null;
}

/** Sessions of a port, or of a route server, as the principal sees them. Good when there are some, all are Established, and that is recent. */
export async function bgp(run: NodeRun, probe: BgpProbe, tag: string): Promise<Seen> {
  const found = await heardBy(run, probe, tag);
  if (typeof found === 'string') return silent(found);
  const faults = found.map(unknown).filter((why) => why !== null);
  if (found.every(({ problem }) => problem !== null)) return silent(faults.join('; '));
  const sessions = found.flatMap((one) => sessionsFrom(one, probe));
  const established = sessions.filter((one) => one.established).length;
  const oldestSeconds = Math.max(...found.map(({ ageSeconds }) => ageSeconds ?? 0));
  const result = { reached: true, sessions, established, total: sessions.length, oldestSeconds, faults };
  return { good: faults.length === 0 && sessions.length > 0 && established === sessions.length, result };
}
