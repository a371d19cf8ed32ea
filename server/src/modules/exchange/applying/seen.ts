import type { Impact } from './schemas.ts';

export interface SeenProtocol {
  name: string;
  kind: string;
  /** `up`, `start`, `down` … */
  state: string;
  since: string;
  info: string;
  imported: number;
  filtered: number;
  exported: number;
  lastError: string | null;
  neighbor: string | null;
}
export interface Seen {
  protocols: SeenProtocol[];
  /** Origins that the validators told, of both families. */
  roas: number;
  /** A reconfiguration that is under way or not confirmed yet, ours or somebody's, and in how many seconds it is undone by itself. */
  pending: { undoIn: number | null } | null;
}

const HEAD = /^(\S+)\s+(\S+)\s+\S+\s+(up|down|start|stop|flush)\s+(\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?|\d\d:\d\d:\d\d(?:\.\d+)?)\s*(.*)$/;
const ROUTES = /^\s+Routes:\s+(\d+) imported(?:, (\d+) filtered)?, (\d+) exported/;

function detail(protocol: SeenProtocol, line: string): void {
  const routes = ROUTES.exec(line);
  if (routes) {
    protocol.imported += Number(routes[1]);
    protocol.filtered += Number(routes[2] ?? 0);
    protocol.exported += Number(routes[3]);
  }
  const fact = /^\s+(Last error|Neighbor address):\s+(.*)$/.exec(line);
  if (fact?.[1] === 'Last error') protocol.lastError = fact[2]!.trim();
  if (fact?.[1] === 'Neighbor address') protocol.neighbor = fact[2]!.trim();
}

/** What `show protocols all` says. */
export function protocolsIn(text: string): SeenProtocol[] {
  const found: SeenProtocol[] = [];
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line);
    const [, name = '', kind = '', state = '', since = '', info = ''] = head ?? [];
    if (head) found.push({ name, kind, state, since, info: info.trim(), imported: 0, filtered: 0, exported: 0, lastError: null, neighbor: null });
    else if (found.length > 0) detail(found.at(-1)!, line);
  }
  return found;
}

function pendingIn(text: string): Seen['pending'] {
  if (!/unconfirmed|in progress|queued|undo in/i.test(text)) return null;
  const [, seconds] = /undo in (\d+)/i.exec(text) ?? [];
  return { undoIn: seconds === undefined ? null : Number(seconds) };
}

/** The answer to `status`. */
export function seenIn(text: string): Seen {
  const parts = new Map(text.split(/^== /m).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  const counted = (table: string): number => Number(/^(\d+) of/m.exec(parts.get(table) ?? '')?.[1] ?? 0);
  return {
    protocols: protocolsIn(parts.get('protocols') ?? ''),
    roas: counted('sy_roa4') + counted('sy_roa6'),
    pending: pendingIn(parts.get('configure') ?? ''),
  };
}

export const isEstablished = ({ info }: SeenProtocol): boolean => info.startsWith('Established');
/** It announced more than it may, and is away until it is tried again: BIRD keeps the reason for as long as the session is down. */
export const isLimited = (protocol: SeenProtocol): boolean => !isEstablished(protocol) && (protocol.lastError ?? '').includes('Route limit exceeded');
const isOurs = ({ name, kind }: SeenProtocol): boolean => kind === 'BGP' && name.startsWith('sy_');
/** The name of its file. */
export const peerOf = ({ name }: Pick<SeenProtocol, 'name'>): string => name.replace(/^sy_|_v4$/g, '');
export const validators = ({ protocols }: Seen): SeenProtocol[] => protocols.filter(({ kind }) => kind === 'RPKI');
/** A validator is connected and has told of origins: without that every route would be Unknown, and taken. */
export const knowsOrigins = (seen: Seen): boolean => seen.roas > 0 && validators(seen).some(isEstablished);

const LEAST_ROUTES = 0.7;

/** Why the server is not well with what it was given, by name; empty when it is. */
export function healthFaults(before: Seen, after: Seen, wanted: readonly { name: string; disabled: boolean }[], impact: Impact): string[] {
  const now = new Map(after.protocols.map((one) => [one.name, one]));
  const spared = new Set([...impact.restarted, ...impact.removed]);
  const missing = wanted.filter(({ name }) => !now.has(name)).map(({ name }) => `${name} is missing`);
  const off = wanted.filter(({ name, disabled }) => !disabled && now.get(name)?.state === 'down').map(({ name }) => `${name} is down`);
  const untouched = before.protocols.filter((one) => isOurs(one) && !spared.has(peerOf(one)));
  const lost = untouched.filter((one) => isEstablished(one) && now.has(one.name) && !isEstablished(now.get(one.name)!)).map(({ name }) => `the session ${name} was lost`);
  const sum = (of: (name: string) => number): number => untouched.reduce((total, { name }) => total + of(name), 0);
  const was = sum((name) => before.protocols.find((one) => one.name === name)?.imported ?? 0);
  const is = sum((name) => now.get(name)?.imported ?? 0);
  const rtr = validators(before).some(isEstablished) && !validators(after).some(isEstablished);
  return [
    ...missing, ...off, ...lost,
    ...(is < was * LEAST_ROUTES ? [`${was - is} of ${was} routes of untouched peers are gone`] : []),
    ...(rtr ? ['no validator is connected any more'] : []),
  ];
} // prettier-ignore
