import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import { egressUrlFault, SSH, type EgressException, type EgressRules } from '#kernel/outbound-egress.ts';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { outboundNames, type AskNames } from '#kernel/outbound-names.ts';
import { outboundMysql } from '#kernel/outbound-mysql.ts';
import { outboundPing } from '#kernel/outbound-ping.ts';
import { outboundStream } from '#kernel/outbound-stream.ts';
import { outboundPostgres } from '#kernel/outbound-postgres.ts';
import { outboundCertificate, outboundConnect, outboundSocket } from '#kernel/outbound-sockets.ts';
import { Forbidden, lookUpHere, type LookUp } from '#kernel/outbound.ts';
import type { Asker, Egress } from './port.ts';

/** Milliseconds after which a change of a tenant's exceptions is seen everywhere. */
const KEPT = 5_000;
export interface EgressOptions extends Pick<EgressRules, 'allowPrivateTargets'> {
  /** `address:port` of the installation's own parts. */
  closed: ReadonlySet<string>;
  /** Private networks that tenants may open. */
  openable?: readonly string[];
  now: Clock;
  /** Looks names up, for tests. */
  look?: LookUp;
  /** Asks for records of names, for tests. */
  ask?: AskNames;
  /** The program that sends pings, for tests. */
  ping?: string;
  /** Told of each request to where nobody may go. */
  denied?: () => void;
}

/** The way out of workflows. */
export function createEgress({ allowPrivateTargets, closed, openable = [], now, look = lookUpHere, ask, ping, denied = () => undefined }: EgressOptions): Egress {
  const opened = createCache<readonly EgressException[]>({ ttlMs: KEPT, max: 10_000, now });
  const rulesFor = async ({ tenantId, exceptions }: Asker): Promise<EgressRules> => ({
    exceptions: exceptions === null ? [] : await opened.read(tenantId, exceptions),
    allowPrivateTargets,
    closed,
    openable,
  });
  const counted = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof Forbidden) denied();
      throw error;
    });
  return {
    openable,
    urlFault: async (asker, url) => egressUrlFault(url, await rulesFor(asker)),
    request: async (asker, request) => counted(outboundRequest(request, await rulesFor(asker), look)),
    stream: async (asker, request) => counted(outboundStream(request, await rulesFor(asker), look)),
    connect: async (asker, to) => counted(outboundConnect(to, await rulesFor(asker), look)),
    ping: async (asker, to) => counted(outboundPing(to, await rulesFor(asker), look, ping)),
    ssh: async (asker, to) => counted(outboundSocket(to, await rulesFor(asker), SSH, look)),
    certificate: async (asker, of) => counted(outboundCertificate(of, await rulesFor(asker), look)),
    resolve: async (asker, query) => counted(outboundNames(query, await rulesFor(asker), ask)),
    query: async (asker, query) => counted(outboundPostgres(query, await rulesFor(asker), look)),
    queryMysql: async (asker, query) => counted(outboundMysql(query, await rulesFor(asker), look)),
  };
} // prettier-ignore
