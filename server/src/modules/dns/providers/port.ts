import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Name } from '../names.ts';
import type { ZoneRecord } from '../records.ts';
import type { SetChange } from '../sets.ts';
import type { Endpoint } from '../wire/exchange.ts';
import type { TsigAlgorithm } from '../wire/tsig.ts';

export type ProviderKind = 'embedded' | 'rfc2136';

/** A zone as a server holds it, without what a signing server adds. */
export interface ServedZone {
  serial: number;
  soa: { ttl: number; value: string };
  records: ZoneRecord[];
}

export type FaultKind = 'auth' | 'unavailable' | 'timeout' | 'rejected' | 'conflict' | 'absent' | 'taken' | 'unknown';

/** Why a server did not do what it was asked for. `unknown`: it may have; look before asking again. */
export class DnsServerFault extends Error {
  readonly kind: FaultKind;
  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DnsServerFault';
    this.kind = kind;
  }
}

/** One authoritative server that we may write to. It knows nothing of permissions or Changes. Every method throws DnsServerFault. */
export interface DnsServer {
  kind: ProviderKind;
  /** Where it answers, for the propagation check. */
  endpoint: Endpoint;
  /** False where zones exist already and are only adopted (RFC 2136 cannot make them). */
  ownsZones: boolean;
  read: (zone: Name, signal: AbortSignal) => Promise<ServedZone>;
  /** Makes a zone with SOA and NS; what is there already is kept. */
  create: (zone: Name, defaultTtl: number) => Promise<void>;
  remove: (zone: Name) => Promise<void>;
  /** The change cut into parts that the server takes as a whole each; usually one. */
  parts: (zone: Name, changes: readonly SetChange[]) => SetChange[][];
  /**
   * Makes the sets what `after` says, all or none, and answers the serial. Asked again it finds the work done. Sets that are neither
   * `before` nor `after` are a `conflict`, and nothing is written. `serial` is one not to fall behind, where the server lets us choose.
   */
  apply: (zone: Name, changes: readonly SetChange[], options: { signal: AbortSignal; serial?: number | undefined }) => Promise<number>;
}

/** Servers by connection, for operations. */
export interface DnsServers {
  /** Throws DnsServerFault or a Problem of the module that owns connections. */
  open: (tenantId: string, connectionId: string, changeId: string | null) => Promise<DnsServer>;
  /** What a zone that is made at such a server begins with, besides its SOA; nothing where zones are only adopted. */
  initial: (kind: ProviderKind, zone: Name, defaultTtl: number) => ZoneRecord[];
}
export const DnsServers = definePort<DnsServers>('dns.servers');

export interface Rfc2136Credentials {
  kind: 'rfc2136';
  /** Host name or address. */
  server: string;
  port: number;
  /** `secret` as servers print it, Base64. */
  tsig: { name: string; algorithm: TsigAlgorithm; secret: string };
}
export type DnsCredentials = Rfc2136Credentials | { kind: 'embedded' };

/** What this module needs of the connections that another one owns. */
export interface DnsConnections {
  /** In the caller's transaction; undefined when the tenant has no connection with this id, or it is of a kind that serves no zones. */
  find: (
    db: Database,
    tenantId: string,
    connectionId: string,
  ) => Promise<{ kind: ProviderKind; name: string; environment: string | null } | undefined>;
  /** The credential, opened for one use: of a Change, or to look. */
  open: (tenantId: string, connectionId: string, changeId: string | null) => Promise<DnsCredentials>;
}
export const DnsConnections = definePort<DnsConnections>('dns.connections');
