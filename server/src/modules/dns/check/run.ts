import type { Name } from '../names.ts';
import { typeName } from '../rdata/types.ts';
import type { Endpoint } from '../wire/exchange.ts';
import { FLAG, TYPE, valueOf } from '../wire/message.ts';
import { hear, type Heard, type Silence } from './ask.ts';
import { isOlder, judgeAuthority, judgeResolver, secondsLeft, serialOf, type Verdict, type Wished } from './verdict.ts';

/** Someone to ask. Without `endpoint` it is only reported, with the reason. */
export interface Asked {
  role: 'authoritative' | 'resolver';
  host: string;
  address: string;
  endpoint: Endpoint | undefined;
  reason?: string;
}

interface CheckRow {
  role: Asked['role'];
  host: string;
  address: string;
  verdict: Verdict;
  serial: number | null;
  values: string[];
  /** Seconds left of what a resolver keeps; the TTL of an authoritative server. */
  ttl: number | null;
  /** When a stale answer has gone, at the latest. */
  until: string | null;
  /** AD: the resolver has checked the zone's signatures. */
  authenticated: boolean;
  tcp: boolean;
  ms: number | null;
  reason: string | null;
}

export interface CheckReport {
  serial: number;
  percent: { authoritative: number | null; resolvers: number | null };
  /** When the last cache has let go of the old, capped by the largest earlier TTL. */
  expectedBy: string | null;
  rows: CheckRow[];
}

export interface Check {
  name: Name;
  type: number;
  wished: Wished;
  /** Largest TTL the set has had, in seconds; caps what a cache claims. */
  largestTtl: number;
  ask: readonly Asked[];
  signal: AbortSignal;
  now: () => Date;
}

interface Answers {
  answer: Heard | Silence;
  soa: Heard | Silence;
}

async function answersOf({ endpoint, role }: Asked, { name, type, wished, signal }: Check): Promise<Answers> {
  if (!endpoint) return { answer: 'unreachable', soa: 'unreachable' };
  const recurse = role === 'resolver';
  const serial = role === 'authoritative' && type !== TYPE.SOA ? hear(endpoint, wished.zone, TYPE.SOA, { recurse, signal }) : undefined;
  const answer = await hear(endpoint, name, type, { recurse, signal });
  return { answer, soa: (await serial) ?? answer };
}

/** Asks everyone at once and says who knows what. Ends with the signal at the latest. */
export async function runCheck(check: Check): Promise<CheckReport> {
  const heard = await Promise.all(check.ask.map((asked) => answersOf(asked, check)));
  const serials = heard.flatMap(({ soa }, at) =>
    check.ask[at]!.role === 'authoritative' && typeof soa !== 'string' ? (serialOf(soa.message) ?? []) : [],
  );
  const newest = serials.reduce((best, serial) => (isOlder(best, serial) ? serial : best), check.wished.newest);
  const rows = check.ask.map((asked, at) => rowOf(asked, heard[at]!, { ...check, wished: { ...check.wished, newest } }));
  const untils = rows.flatMap(({ until }) => until ?? []).toSorted();
  return {
    serial: newest,
    percent: { authoritative: percentOf(rows, 'authoritative'), resolvers: percentOf(rows, 'resolver') },
    expectedBy: untils.at(-1) ?? null,
    rows,
  };
}

function percentOf(rows: readonly CheckRow[], role: Asked['role']): number | null {
  const mine = rows.filter((row) => row.role === role);
  return mine.length === 0 ? null : Math.floor((mine.filter(({ verdict }) => verdict === 'in_sync').length * 100) / mine.length);
}

function rowOf(asked: Asked, { answer, soa }: Answers, { wished, largestTtl, now }: Check): CheckRow {
  const verdict = asked.role === 'authoritative' ? judgeAuthority(wished, answer, soa) : judgeResolver(wished, answer);
  const { role, host, address, reason = null } = asked;
  const serial = (typeof soa === 'string' ? undefined : serialOf(soa.message)) ?? null;
  if (typeof answer === 'string')
    return { role, host, address, verdict, serial, values: [], ttl: null, until: null, authenticated: false, tcp: false, ms: null, reason };
  const { message, tcp, ms } = answer;
  const ttl = secondsLeft(wished.zone, message);
  const seconds = ttl === null ? undefined : waiting(verdict, ttl, largestTtl);
  return {
    role,
    host,
    address,
    verdict,
    serial,
    ttl,
    tcp,
    ms,
    reason,
    values: message.answers.slice(0, 50).map((record) => `${typeName(record.type)} ${valueOf(record)}`),
    until: seconds === undefined ? null : new Date(now().getTime() + seconds * 1_000).toISOString(),
    authenticated: (message.flags & FLAG.AUTHENTIC) !== 0,
  };
}

/** Seconds until a cache must ask again. It cannot rightly hold an answer for longer than we ever allowed. */
function waiting(verdict: Verdict, ttl: number, largestTtl: number): number | undefined {
  if (verdict === 'negative_cache') return ttl;
  return verdict === 'stale_cache' ? Math.min(ttl, largestTtl > 0 ? largestTtl : ttl) : undefined;
}
