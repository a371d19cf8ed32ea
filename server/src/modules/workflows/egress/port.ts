import type { Socket } from 'node:net';
import type { EgressException } from '#kernel/outbound-egress.ts';
import type { OutboundAnswer, OutboundRequest } from '#kernel/outbound-http.ts';
import type { OutboundStream } from '#kernel/outbound-stream.ts';
import type { NameQuery } from '#kernel/outbound-names.ts';
import type { Pinged, PingTarget } from '#kernel/outbound-ping.ts';
import type { Certificate } from '#kernel/outbound-sockets.ts';
import { definePort } from '#kernel/port.ts';

/** Whose request it is: their exceptions count. */
export interface Asker {
  tenantId: string;
  /** Reads the tenant's exceptions; asked when they are not in mind. Null where they do not count: what was opened was opened for authors of workflows. */
  exceptions: (() => Promise<readonly EgressException[]>) | null;
}

export interface OutsideQuery {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  connection: string;
  /** One statement with `$1`, `$2` …, on MySQL with `?`; never several. */
  text: string;
  values: readonly unknown[];
  readOnly: boolean;
  maxRows: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * All that workflows do outside goes through here: one place decides where a tenant may go (workflows.md 12.1). Throws the errors of
 * `kernel/outbound*.ts`: `Forbidden`, `TooMuch`, `TooLate`, `Unreachable`, and `ping` also `Unequipped`.
 */
export interface Egress {
  /** Private networks that tenants of this installation may open. */
  openable: readonly string[];
  /** Why an address is not called, as far as it tells by itself; null when it may be. The names behind it are judged when it is called. */
  urlFault: (asker: Asker, url: string) => Promise<string | null>;
  request: (asker: Asker, request: OutboundRequest) => Promise<OutboundAnswer>;
  /** The same, and the body is handed on as it comes; redirects are not followed. */
  stream: (asker: Asker, request: Omit<OutboundRequest, 'redirects'>) => Promise<OutboundStream>;
  /** Opens a connection and closes it; answers milliseconds. */
  connect: (asker: Asker, to: { host: string; port: number; timeoutMs: number; signal: AbortSignal }) => Promise<number>;
  /** Echo requests (ICMP); that none comes back is an answer. Ports are not asked for, so only what is said of addresses counts. */
  ping: (asker: Asker, to: PingTarget) => Promise<Pinged>;
  /** A connection to an SSH server, for whoever speaks its protocol. */
  ssh: (asker: Asker, to: { host: string; port: number; timeoutMs: number; signal: AbortSignal }) => Promise<Socket>;
  /** The certificate that a server shows, whether it is a good one or not. */
  certificate: (asker: Asker, of: { host: string; port: number; name?: string; timeoutMs: number; signal: AbortSignal }) => Promise<Certificate>;
  /** Asks the resolvers of the installation; answers what a name has of a type, as text. What lies inside is not told. */
  resolve: (asker: Asker, query: NameQuery) => Promise<string[]>;
  /** One statement on somebody else's PostgreSQL. */
  query: (asker: Asker, query: OutsideQuery) => Promise<{ rows: Record<string, unknown>[]; affected: number }>;
  /** The same on a MySQL or MariaDB. `changedOnly`: rows that are found and stay as they are do not count as affected. */
  queryMysql: (asker: Asker, query: OutsideQuery & { changedOnly?: boolean }) => Promise<{ rows: Record<string, unknown>[]; affected: number }>;
}
export const Egress = definePort<Egress>('workflows.egress');
