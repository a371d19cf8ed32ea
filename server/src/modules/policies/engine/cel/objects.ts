import ipaddr from 'ipaddr.js';
import { clockIn, type Clock } from '../clock.ts';

/** Fields under a type: CEL tells types by constructor, so each variable has a class of its own. */
// oxlint-disable-next-line typescript/no-extraneous-class -- the constructor is what CEL looks at
export class Shape {
  constructor(fields: object = {}) {
    Object.assign(this, fields);
  }
}
export class User extends Shape {}
export class Actor extends Shape {}
export class Tenant extends Shape {}
export class OperationFacts extends Shape {}
export class Resource extends Shape {}
export class Counts extends Shape {}
export class Plan extends Shape {}
export class Change extends Shape {}
export class History extends Shape {}

const TEXTS = 'list<string>';
const MAP = 'map<string, dyn>';
const TIMESTAMP = 'google.protobuf.Timestamp';

/** `time`: the moment of the call as clocks of one zone show it. */
export class Time {
  readonly now: Date;
  readonly weekday: bigint;
  readonly hour: bigint;
  readonly minute: bigint;
  readonly date: string;
  constructor({ now, weekday, hour, minute, date }: Clock) {
    this.now = now;
    this.weekday = BigInt(weekday);
    this.hour = BigInt(hour);
    this.minute = BigInt(minute);
    this.date = date;
  }

  /** `time.in(zone)`. */
  at(zone: string): Time {
    return new Time(clockIn(zone, this.now));
  }
}

export class Address {
  readonly value: ipaddr.IPv4 | ipaddr.IPv6;
  constructor(source: string) {
    if (!ipaddr.isValid(source)) throw new RangeError(`"${source}" is not an IP address`);
    // An IPv4 address inside IPv6 (RFC 4291 2.5.5.2) is the same host.
    this.value = ipaddr.process(source);
  }
  toString(): string {
    return this.value.toString();
  }
}

export class Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
  constructor(source: string) {
    if (!source.includes('/') || !ipaddr.isValidCIDR(source)) throw new RangeError(`"${source}" is not a network such as 10.0.0.0/8`);
    [this.address, this.prefix] = ipaddr.parseCIDR(source);
  }
  contains({ value }: Address): boolean {
    return value.kind() === this.address.kind() && value.match(this.address, this.prefix);
  }
  toString(): string {
    return `${this.address.toString()}/${this.prefix}`;
  }
}

const SEMVER = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** A version as semver.org orders it; the patch may be left out, as RouterOS does. */
export class Version {
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
  constructor(source: string) {
    const found = SEMVER.exec(source);
    if (!found) throw new RangeError(`"${source}" is not a version such as 7.16.1`);
    this.numbers = [found[1], found[2], found[3] ?? '0'].map(Number);
    this.pre = found[4]?.split('.') ?? [];
  }
  compare(other: Version): number {
    const at = this.numbers.findIndex((one, index) => one !== other.numbers[index]);
    if (at >= 0) return this.numbers[at]! - other.numbers[at]!;
    if (this.pre.length === 0 || other.pre.length === 0) return other.pre.length - this.pre.length;
    for (let index = 0; index < Math.max(this.pre.length, other.pre.length); index++) {
      const order = comparePre(this.pre[index], other.pre[index]);
      if (order !== 0) return order;
    }
    return 0;
  }
}

/** Identifiers of pre-releases (semver.org 11.4): numbers before words, fewer before more. */
function comparePre(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (first && second) return Number(a) - Number(b);
  if (first !== second) return first ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Namespace of the functions on sets. */
export class Sets extends Shape {}

type Fields = Record<string, string>;
type Constructor = abstract new (...args: never[]) => object;

/** Types in the order in which they are made known: a type stands before those whose fields refer to it. */
export const TYPES: readonly { name: string; ctor: Constructor; fields: Fields }[] = [
  { name: 'User', ctor: User, fields: { id: 'string', email: 'string', name: 'string', roles: TEXTS, teams: TEXTS, attributes: MAP, mfaAgeSeconds: 'int', amr: TEXTS, isServiceAccount: 'bool' } },
  { name: 'Actor', ctor: Actor, fields: { kind: 'string', clientId: 'string', agentName: 'string', chain: TEXTS, ip: 'string', country: 'string', surface: 'string' } },
  { name: 'Tenant', ctor: Tenant, fields: { id: 'string', slug: 'string', plan: 'string', settings: MAP } },
  { name: 'Operation', ctor: OperationFacts, fields: { name: 'string', module: 'string', risk: 'string', permission: 'string', idempotent: 'bool' } },
  { name: 'Resource', ctor: Resource, fields: { id: 'string', type: 'string', name: 'string', environment: 'string', labels: 'map<string, string>', groups: TEXTS, owner: 'string', health: 'string', capabilities: TEXTS, lastChangeAt: TIMESTAMP } },
  { name: 'Counts', ctor: Counts, fields: { add: 'int', update: 'int', remove: 'int' } },
  { name: 'Plan', ctor: Plan, fields: { riskScore: 'int', findings: 'list<dyn>', steps: 'list<dyn>', counts: 'Counts', reversible: 'bool', estimatedSeconds: 'int', costDelta: 'int', conflicts: 'list<dyn>' } },
  { name: 'Change', ctor: Change, fields: { id: 'string', comment: 'string', ticket: 'string', emergency: 'bool', requester: 'string', approvals: 'list<dyn>', ageSeconds: 'int' } },
  { name: 'History', ctor: History, fields: { count24h: 'int', failures30d: 'int' } },
  { name: 'Time', ctor: Time, fields: { now: TIMESTAMP, weekday: 'int', hour: 'int', minute: 'int', date: 'string' } },
  { name: 'IP', ctor: Address, fields: {} },
  { name: 'CIDR', ctor: Network, fields: {} },
  { name: 'Semver', ctor: Version, fields: {} },
  { name: 'Sets', ctor: Sets, fields: {} },
]; // prettier-ignore

/** Variables and their types; `input` is declared apart, because its type depends on the Operation. */
export const VARIABLES: Readonly<Record<string, string>> = {
  user: 'User',
  actor: 'Actor',
  tenant: 'Tenant',
  operation: 'Operation',
  resource: 'Resource',
  resources: 'list<Resource>',
  environment: 'string',
  plan: 'Plan',
  change: 'Change',
  time: 'Time',
  quota: 'map<string, int>',
  history: 'History',
  params: MAP,
};
