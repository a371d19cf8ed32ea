import type { Database } from '#kernel/database.ts';
import type { Money } from '#kernel/plan.ts';
import { definePort } from '#kernel/port.ts';
import type { Circuit } from '../circuit.ts';
import type { Edit, Fault } from '../simulator.ts';

/** Who made an external object: our Resource and the Change that asked for it. Kept at the provider as labels, so a lost answer can be found again. */
export interface Mark {
  id: string;
  change: string;
}
export const MARK_ID = 'switchyard-id';
export const MARK_CHANGE = 'switchyard-change';

/** Why a provider refused, in the same words for every kind (infrastructure spec, 3.3). */
export type ErrorClass =
  | 'auth'
  | 'permission'
  | 'not_found'
  | 'locked'
  | 'invalid'
  | 'conflict'
  | 'state'
  | 'protected'
  | 'quota'
  | 'capacity'
  | 'rate'
  | 'unavailable'
  | 'ambiguous'
  | 'unsupported';

/** A refusal or failure of a provider call. `code` is the provider's own; `message` is safe to show. */
export class ProviderError extends Error {
  readonly class: ErrorClass;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(errorClass: ErrorClass, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'ProviderError';
    this.class = errorClass;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type Architecture = 'x86' | 'arm';
export const POWER_ACTIONS = ['start', 'shutdown', 'poweroff', 'reboot', 'reset'] as const;
/** `shutdown` is a signal to the guest: its action succeeds when the signal is sent, not when the server is off. */
export type PowerAction = (typeof POWER_ACTIONS)[number];

/** What the provider can do; what is false or absent answers `capability-unsupported`. */
export interface Capabilities {
  power: readonly PowerAction[];
  resizeWhileRunning: boolean;
  growDisk: boolean;
  deletionProtection: boolean;
  labels: boolean;
  rename: boolean;
}

export interface Region {
  id: string;
  name: string;
  country: string;
  zones: string[];
}
export interface Size {
  id: string;
  architecture: Architecture;
  vcpus: number;
  memoryMb: number;
  diskGb: number;
  regions: string[];
  monthly: Money;
  /** Decimal string in the currency of `monthly`: an hour costs less than a minor unit. */
  hourly: string;
  /** After this date (RFC 3339) it can no longer be ordered; null when no end is announced. */
  endsAt: string | null;
}
export interface Image {
  id: string;
  os: string;
  architecture: Architecture;
  minDiskGb: number;
  endsAt: string | null;
}
export interface Catalog {
  priceList: string;
  regions: Region[];
  sizes: Size[];
  images: Image[];
  /** Per connection, as far as the provider tells. */
  quota: { servers: number; vcpus: number } | null;
}

const OBSERVED_STATUSES = ['creating', 'running', 'starting', 'stopping', 'stopped', 'deleting', 'unknown'] as const;
export type ObservedStatus = (typeof OBSERVED_STATUSES)[number];

/** A server as the provider shows it, in our words. Labels are without the mark. */
export interface ObservedServer {
  externalId: string;
  name: string;
  status: ObservedStatus;
  region: string;
  zone: string;
  size: string;
  image: string;
  diskGb: number;
  labels: Record<string, string>;
  mark: Mark | null;
  protection: { delete: boolean };
  publicIpv4: string | null;
  publicIpv6: string | null;
  createdAt: string;
  /** Grows with each change at the provider; an observation with a smaller one is older. */
  sequence: number;
}

export interface ServerSpec {
  name: string;
  region: string;
  zone?: string | undefined;
  size: string;
  image: string;
  labels: Record<string, string>;
  protection: { delete: boolean };
  start: boolean;
}

/** Plain text, so that it survives a restart. */
export type ActionToken = string;
/** The answer to a mutating call: it was taken on, not that it is done. */
export interface Accepted {
  externalId: string;
  /** Null when it took effect at once. */
  action: ActionToken | null;
}
export type ActionState =
  | { token: ActionToken; status: 'running'; progress: number }
  | { token: ActionToken; status: 'succeeded' }
  | { token: ActionToken; status: 'failed'; code: string; message: string };

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do about it; null when it is well. */
  remedy: string | null;
}
export interface Validation {
  ok: boolean;
  identity: string | null;
  checks: Check[];
  warnings: string[];
}

/** The newest action on a server; how the outcome of a call is found whose answer was lost. */
export interface LatestAction {
  token: ActionToken;
  method: 'create' | 'power' | 'resize' | 'delete';
  sequence: number;
}

export interface ServerPage {
  items: ObservedServer[];
  next: string | null;
}

export interface ServerCalls {
  /** One page; `next` is null on the last. */
  list(page: string | null): Promise<ServerPage>;
  /** Undefined when the provider says there is no such server. */
  get(externalId: string): Promise<ObservedServer | undefined>;
  /** All that carry the mark of this Resource: more than one is a duplicate. */
  find(id: string): Promise<ObservedServer[]>;
  latest(externalId: string): Promise<LatestAction | undefined>;
  create(spec: ServerSpec, mark: Mark): Promise<Accepted>;
  update(
    externalId: string,
    change: { name?: string | undefined; labels?: Record<string, string> | undefined; mark?: Mark | undefined },
  ): Promise<Accepted>;
  delete(externalId: string): Promise<Accepted>;
  power(externalId: string, action: PowerAction): Promise<Accepted>;
  resize(externalId: string, size: string, growDisk: boolean): Promise<Accepted>;
  protect(externalId: string, protection: { delete: boolean }): Promise<Accepted>;
}

/** One opened connection. Methods throw `ProviderError`; a mutating one answers at once and never waits for completion. */
export interface CloudProvider {
  capabilities: Capabilities;
  validate(): Promise<Validation>;
  /** Account the credential belongs to. */
  identify(): Promise<string>;
  catalog(): Promise<Catalog>;
  servers: ServerCalls;
  poll(tokens: readonly ActionToken[]): Promise<ActionState[]>;
}

/** What an adapter needs of a connection. The credential is plain only for as long as this object lives. */
export interface OpenConnection {
  tenantId: string;
  /** Null for one that is only being tried out and is stored nowhere. */
  connectionId: string | null;
  kind: string;
  config: Record<string, unknown>;
  credential: Record<string, string> | null;
}

/** Pauses of the call layer (calls.ts); a test hands in short ones. */
export interface Pace {
  /** One provider call may take this long. */
  timeoutMs: number;
  /** Full jitter between 0 and min(cap, base * 2^attempt). */
  baseMs: number;
  capMs: number;
  attempts: number;
  /** Pauses before each look for the outcome of a call whose answer was lost. */
  looksMs: readonly number[];
  /** First pause between two looks at a running action; it grows. */
  pollMs: number;
  /** An action that has not ended after so long counts as stuck. */
  stuckSeconds: number;
  /** Refusals in a row that open the circuit, and for how long at first and at most. */
  circuit: { failures: number; openMs: number; openCapMs: number };
}

/** The one door to every kind of cloud; filled in by app.ts. */
export interface CloudProviders {
  /** Kinds that have servers. */
  kinds: readonly string[];
  /** Null for kinds that have no servers. */
  capabilities(kind: string): Capabilities | null;
  open(connection: OpenConnection, signal: AbortSignal): CloudProvider;
  pace: Pace;
  /** Of each connection, in this process; every process finds out for itself. */
  circuits: Map<string, Circuit>;
}
export const CloudProviders = definePort<CloudProviders>('clouds.providers');

export interface SimulatorCommand {
  /** Replaces the rules there are. */
  faults?: Fault[] | undefined;
  /** Speed of the virtual clock. */
  rate?: number | undefined;
  /** Seconds to jump ahead. */
  step?: number | undefined;
  edits?: Edit[] | undefined;
}
export interface SimulatorState {
  /** Virtual time. */
  time: string;
  rate: number;
  faults: (Fault & { seen: number; struck: number })[];
  /** Calls by method since the cloud was started. */
  calls: Record<string, number>;
  servers: number;
  actionsRunning: number;
  /** Ids of the servers that `edits` touched; null where there was none. */
  touched: (string | null)[];
}
/** Control of simulated clouds; wired only where an installation allows it. It works in the caller's transaction. */
export interface SimulatorControl {
  apply: (
    db: Database,
    connection: { tenantId: string; connectionId: string; config: Record<string, unknown> },
    command: SimulatorCommand,
  ) => Promise<SimulatorState>;
}
export const SimulatorControl = definePort<SimulatorControl | null>('clouds.simulator');
