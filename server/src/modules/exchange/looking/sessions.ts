export const FAMILIES = ['ipv4', 'ipv6'] as const;
type Family = (typeof FAMILIES)[number];

/** What one family has on a session. */
interface Channel {
  family: Family;
  state: string;
  imported: number;
  filtered: number;
  exported: number;
  preferred: number;
  importLimit: number | null;
  /** A limit was exceeded, and did what it is there for. */
  limitHit: boolean;
}
/** One BGP session as `show protocols all` has it; times as the clock of the server has them. */
export interface Session {
  protocol: string;
  /** Of the protocol: `up`, `start`, `down`. */
  state: string;
  /** Of BGP: `Established`, `Active` … */
  bgpState: string;
  since: string;
  description: string | null;
  neighborAddress: string | null;
  neighborAs: number | null;
  neighborId: string | null;
  lastError: string | null;
  channels: Channel[];
}

const HEAD = /^(\S+)\s+(\S+)\s+\S+\s+(up|down|start|stop|flush)\s+(\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?|\d\d:\d\d:\d\d(?:\.\d+)?)\s*(.*)$/;
const FACT = /^\s+([A-Z][A-Za-z ]+?):\s+(.*)$/;
const ROUTES = /^(\d+) imported(?:, (\d+) filtered)?, (\d+) exported(?:, (\d+) preferred)?/;
const CHANNEL = /^\s+Channel (ipv[46])\s*$/;

const text = (value: string): string | null => (value.trim() === '' ? null : value.trim());

const OF_SESSION: Readonly<Record<string, (session: Session, value: string) => void>> = {
  Description: (session, value) => (session.description = text(value)),
  'BGP state': (session, value) => (session.bgpState = value.trim()),
  'Neighbor address': (session, value) => (session.neighborAddress = text(value.split('%')[0]!)),
  'Neighbor AS': (session, value) => (session.neighborAs = Number(value) || null),
  'Neighbor ID': (session, value) => (session.neighborId = text(value)),
  'Last error': (session, value) => (session.lastError = text(value)),
};

function counted(channel: Channel, value: string): void {
  const [, imported, filtered, exported, preferred] = ROUTES.exec(value) ?? [];
  channel.imported = Number(imported ?? 0);
  channel.filtered = Number(filtered ?? 0);
  channel.exported = Number(exported ?? 0);
  channel.preferred = Number(preferred ?? 0);
}
const OF_CHANNEL: Readonly<Record<string, (channel: Channel, value: string) => void>> = {
  State: (channel, value) => (channel.state = value.trim()),
  Routes: counted,
  'Import limit': (channel, value) => {
    channel.importLimit = Number.parseInt(value, 10) || null;
    if (value.includes('[HIT]')) channel.limitHit = true;
  },
  'Receive limit': (channel, value) => {
    if (value.includes('[HIT]')) channel.limitHit = true;
  },
};

function detail(session: Session, line: string): void {
  const family = CHANNEL.exec(line)?.[1] as Family | undefined;
  if (family) return void session.channels.push({ family, state: '', imported: 0, filtered: 0, exported: 0, preferred: 0, importLimit: null, limitHit: false });
  const [, name = '', value = ''] = FACT.exec(line) ?? [];
  const channel = session.channels.at(-1);
  OF_SESSION[name]?.(session, value);
  if (channel) OF_CHANNEL[name]?.(channel, value);
} // prettier-ignore

/** BGP sessions in `show protocols all`. */
export function sessionsIn(said: string): Session[] {
  const found: Session[] = [];
  let current: Session | undefined;
  for (const line of said.split('\n')) {
    const [, protocol = '', kind = '', state = '', since = '', info = ''] = HEAD.exec(line) ?? [];
    if (protocol !== '') {
      current = { protocol, state, bgpState: info.split(' ')[0] ?? '', since, description: null, neighborAddress: null, neighborAs: null, neighborId: null, lastError: null, channels: [] }; // prettier-ignore
      if (kind === 'BGP') found.push(current);
      else current = undefined;
    } else if (current) detail(current, line);
  }
  return found;
}

/** The daemon of a route server. */
export interface Daemon {
  version: string;
  routerId: string | null;
  serverTime: string | null;
  lastReboot: string | null;
  lastReconfiguration: string | null;
  message: string;
}

/** What `show status` says. */
export function daemonIn(said: string): Daemon {
  const after = (words: RegExp): string | null => words.exec(said)?.[1]?.trim() ?? null;
  return {
    version: after(/^BIRD (\S+)$/m) ?? 'unknown',
    routerId: after(/^Router ID is (.+)$/m),
    serverTime: after(/^Current server time is (.+)$/m),
    lastReboot: after(/^Last reboot on (.+)$/m),
    lastReconfiguration: after(/^Last reconfiguration on (.+)$/m),
    message: after(/^(Daemon is .+)$/m) ?? 'unknown',
  };
}
