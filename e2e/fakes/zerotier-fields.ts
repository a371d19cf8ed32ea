import { isIP } from 'node:net';
import { fieldsOf, type Fields } from './zerotier-server.ts';

/** As the controller reads a boolean: numbers and the first letter of a text count, all else is the default. */
export function bool(value: unknown, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return /^[1tT]/.test(value);
  return fallback;
}
export const int = (value: unknown, fallback: number): number => {
  const found = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof found === 'number' && Number.isInteger(found) && found >= 0 ? found : fallback;
};
export const str = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

const bare = (value: unknown): string => str(value, '').split('/')[0]!;
const MOST_ADDRESSES = 32;
const MOST_ROUTES = 128;

/** Texts that are no address are passed over; lengths are lost. */
export const assignments = (value: readonly unknown[]): string[] => value.map(bare).filter((one) => isIP(one) !== 0).slice(0, MOST_ADDRESSES); // prettier-ignore

/** A target has a length; a way through the other family is none. */
export const routes = (value: readonly unknown[]): Fields[] =>
  value
    .flatMap((one) => {
      const { target, via } = fieldsOf(one);
      const [network, bits] = str(target, '').split('/');
      if (isIP(network!) === 0 || bits === undefined || !/^\d+$/.test(bits)) return [];
      return [{ target: str(target, ''), via: isIP(bare(via)) === isIP(network!) ? bare(via) : null }];
    })
    .slice(0, MOST_ROUTES);

const RULES: Readonly<Record<string, readonly string[]>> = {
  ACTION_DROP: [],
  ACTION_ACCEPT: [],
  MATCH_ETHERTYPE: ['etherType'],
  MATCH_ICMP: ['icmpType', 'icmpCode'],
  MATCH_IPV4_SOURCE: ['ip'],
  MATCH_IPV4_DEST: ['ip'],
  MATCH_IPV6_SOURCE: ['ip'],
  MATCH_IPV6_DEST: ['ip'],
  MATCH_IP_PROTOCOL: ['ipProtocol'],
  MATCH_IP_SOURCE_PORT_RANGE: ['start', 'end'],
  MATCH_IP_DEST_PORT_RANGE: ['start', 'end'],
};

/** Rules of a type that is not known are left out. */
export const rules = (value: readonly unknown[]): Fields[] =>
  value.flatMap((one) => {
    const rule = fieldsOf(one);
    const type = str(rule['type'], '');
    const fields = RULES[type];
    if (!fields) return [];
    const flags = type.startsWith('MATCH_') ? { not: bool(rule['not'], false), or: bool(rule['or'], false) } : {};
    return [
      {
        type,
        ...flags,
        ...Object.fromEntries(fields.map((name) => [name, typeof rule[name] === (name === 'ip' ? 'string' : 'number') ? rule[name] : null])),
      },
    ];
  });

/** Fields that a network takes, each as the controller reads it; only those that were sent. */
export const NETWORK: Readonly<Record<string, (value: unknown) => unknown>> = {
  name: (value) => str(value, ''),
  private: (value) => bool(value, true),
  enableBroadcast: (value) => bool(value, false),
  mtu: (value) => Math.max(1280, Math.min(10_000, int(value, 2800))),
  multicastLimit: (value) => int(value, 32),
  v4AssignMode: (value) => ({ zt: bool(fieldsOf(value)['zt'], false) }),
  v6AssignMode: (value) => {
    const mode = fieldsOf(value);
    return { zt: bool(mode['zt'], false), rfc4193: bool(mode['rfc4193'], false), '6plane': bool(mode['6plane'], false) };
  },
  routes: (value) => (Array.isArray(value) ? routes(value) : undefined),
  rules: (value) => (Array.isArray(value) ? rules(value) : undefined),
  ipAssignmentPools: (value) => (Array.isArray(value) ? value : undefined),
};
export const MEMBER: Readonly<Record<string, (value: unknown) => unknown>> = {
  authorized: (value) => bool(value, false),
  activeBridge: (value) => bool(value, false),
  noAutoAssignIps: (value) => bool(value, false),
  name: (value) => str(value, ''),
  ipAssignments: (value) => (Array.isArray(value) ? assignments(value) : undefined),
};
export const NEW_NETWORK = {
  name: '', private: true, enableBroadcast: true, mtu: 2800, multicastLimit: 32, v4AssignMode: { zt: false },
  v6AssignMode: { zt: false, rfc4193: false, '6plane': false }, routes: [], rules: [{ type: 'ACTION_ACCEPT' }], ipAssignmentPools: [],
}; // prettier-ignore
export const NEW_MEMBER = { authorized: false, activeBridge: false, noAutoAssignIps: false, ipAssignments: [], name: '' };

/** The object with what was sent of the fields that it takes; those of a wrong kind are passed over. It is a revision older only if something changed. */
export function merged(before: Fields, sent: Fields, takes: Readonly<Record<string, (value: unknown) => unknown>>): Fields {
  const after: Fields = { ...before };
  for (const [name, read] of Object.entries(takes)) {
    const value = name in sent ? read(sent[name]) : undefined;
    if (value !== undefined) after[name] = value;
  }
  const same = JSON.stringify(after) === JSON.stringify(before);
  return same ? before : { ...after, revision: int(before['revision'], 0) + 1 };
}
