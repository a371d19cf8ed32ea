import { Shape } from '#kernel/cel/scalars.ts';
import { clockIn, type Clock } from '../clock.ts';

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
