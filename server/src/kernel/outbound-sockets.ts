import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { egressFault, egressHostFault, type EgressRules } from './outbound-egress.ts';
import { TooLate } from './outbound-http.ts';
import { Forbidden, judged, lookUpHere, Unreachable, type Found, type LookUp } from './outbound.ts';

export interface SocketTarget {
  host: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** What a server showed of itself. */
export interface Certificate {
  subject: string;
  issuer: string;
  names: string[];
  validFrom: Date;
  validTo: Date;
  /** Why it is not a good one, or null. */
  fault: string | null;
}

/** The address to connect to, or to ask without a port: every one that the name leads to was judged. Throws `Forbidden` or `Unreachable`. */
export async function judgedAddress(host: string, port: number | null, rules: EgressRules, look: LookUp = lookUpHere, usual?: ReadonlySet<number>): Promise<Found> {
  const why = egressHostFault(host, port, rules, usual);
  if (why !== null) throw new Forbidden(`"${host.slice(0, 200)}" must not be called: ${why}`);
  const family = isIP(host);
  if (family !== 0) return { address: host, family };
  const found = await judged(host, (address) => egressFault(host, address, port, rules, usual), look).catch((error: unknown) => {
    throw error instanceof Forbidden ? error : new Unreachable(`"${host}" is not found: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  });
  if (found[0] === undefined) throw new Unreachable(`"${host}" has no address`);
  return found[0];
} // prettier-ignore

function opened<S extends Socket>(socket: S, event: string, { timeoutMs, signal }: SocketTarget): Promise<S> {
  return new Promise((resolve, reject) => {
    const end = (error: Error): void => void (socket.destroy(), reject(error));
    const late = setTimeout(() => end(new TooLate(`no connection within ${timeoutMs / 1_000} s`)), timeoutMs);
    const stop = (): void => end(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => (clearTimeout(late), signal.removeEventListener('abort', stop)));
    socket.once('error', (error: NodeJS.ErrnoException) => end(new Unreachable(`no connection: ${error.code ?? error.message}`, { cause: error })));
    socket.once(event, () => (clearTimeout(late), resolve(socket)));
    if (signal.aborted) stop();
  });
}

/** Milliseconds that it took to connect. */
export async function outboundConnect(target: SocketTarget, rules: EgressRules, look?: LookUp): Promise<number> {
  const { address } = await judgedAddress(target.host, target.port, rules, look);
  const from = performance.now();
  const socket = await opened(connectTcp({ host: address, port: target.port }), 'connect', target);
  socket.destroy();
  return Math.round(performance.now() - from);
}

/** A connection for whoever speaks another protocol over it; `usual` are the ports at which that one is spoken. */
export async function outboundSocket(target: SocketTarget, rules: EgressRules, usual: ReadonlySet<number>, look?: LookUp): Promise<Socket> {
  const { address } = await judgedAddress(target.host, target.port, rules, look, usual);
  return opened(connectTcp({ host: address, port: target.port }), 'connect', target);
}

/** What the server shows when it is asked for `name`; it is looked at and not relied on, so a bad one is an answer too. */
export async function outboundCertificate(target: SocketTarget & { name?: string }, rules: EgressRules, look?: LookUp): Promise<Certificate> {
  const { host, port, name = host } = target;
  const { address } = await judgedAddress(host, port, rules, look);
  const options = { host: address, port, rejectUnauthorized: false, ...(isIP(name) === 0 ? { servername: name } : {}) };
  const socket = await opened(connectTls(options), 'secureConnect', target);
  const shown = socket.getPeerX509Certificate();
  const fault = socket.authorizationError as Error | string | null | undefined;
  socket.destroy();
  if (!shown) throw new Unreachable('the server shows no certificate');
  const isFor = isIP(name) === 0 ? shown.checkHost(name) : shown.checkIP(name);
  return {
    subject: shown.subject.replaceAll('\n', ', '),
    issuer: shown.issuer.replaceAll('\n', ', '),
    names: (shown.subjectAltName ?? '').split(', ').filter(Boolean),
    validFrom: shown.validFromDate,
    validTo: shown.validToDate,
    fault: fault ? String(fault instanceof Error ? (fault as NodeJS.ErrnoException).code : fault) : isFor === undefined ? 'it is for another name' : null,
  };
} // prettier-ignore
