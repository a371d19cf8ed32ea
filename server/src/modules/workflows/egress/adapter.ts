import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import { Resolver } from 'node:dns/promises';
import { egressUrlFault, type EgressException, type EgressRules } from '#kernel/outbound-egress.ts';
import { outboundRequest, TooLate } from '#kernel/outbound-http.ts';
import { outboundStream } from '#kernel/outbound-stream.ts';
import { outboundPostgres } from '#kernel/outbound-postgres.ts';
import { outboundCertificate, outboundConnect } from '#kernel/outbound-sockets.ts';
import { Forbidden, lookUpHere, Unreachable, type LookUp } from '#kernel/outbound.ts';
import type { Asker, Egress } from './port.ts';

/** Milliseconds after which a change of a tenant's exceptions is seen everywhere. */
const KEPT = 5_000;
const NOTHING: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

/** A record of any type as one line, as zone files write it. */
const lineOf = (record: unknown): string =>
  typeof record === 'string' ? record : Array.isArray(record) ? record.join('') : Object.entries(record as object).flatMap(([name, value]) => (name === 'type' ? [] : [String(value)])).join(' '); // prettier-ignore

async function resolveName(name: string, type: string, timeoutMs: number, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  const stop = (): void => resolver.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const found = await resolver.resolve(name, type);
    return [found].flat().map(lineOf);
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (NOTHING.has(code ?? '')) return [];
    if (code === 'ETIMEOUT') throw new TooLate(`the resolver did not answer within ${timeoutMs / 1_000} s`);
    throw new Unreachable(`the resolver does not answer: ${code}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export interface EgressOptions extends Pick<EgressRules, 'allowPrivateTargets'> {
  /** `address:port` of the installation's own parts. */
  closed: ReadonlySet<string>;
  /** Private networks that tenants may open. */
  openable?: readonly string[];
  now: Clock;
  /** Looks names up, for tests. */
  look?: LookUp;
  /** Told of each request to where nobody may go. */
  denied?: () => void;
}

/** The way out of workflows. */
export function createEgress({ allowPrivateTargets, closed, openable = [], now, look = lookUpHere, denied = () => undefined }: EgressOptions): Egress {
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
    certificate: async (asker, of) => counted(outboundCertificate(of, await rulesFor(asker), look)),
    resolve: resolveName,
    query: async (asker, query) => counted(outboundPostgres(query, await rulesFor(asker), look)),
  };
} // prettier-ignore
