import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { judgedAddress } from '#kernel/outbound-sockets.ts';
import { foreignFault, isOwn, portFault, type LookUp } from '#kernel/outbound.ts';

export interface SyslogTarget {
  tls: boolean;
  host: string;
  port: number;
  ca: string | null;
}

/** Besides those that are called anyway: syslog over TCP and over TLS (RFC 6587, RFC 5425). */
const OWN_PORTS: ReadonlySet<number> = new Set([514, 601]);
const CONNECT = 10_000;
/** From the first byte until the receiver has taken all and closed. */
const TAKE = 30_000;

/** The parts of `tls://host:6514`; undefined when it is none. */
export function syslogTarget(address: string): Omit<SyslogTarget, 'ca'> | undefined {
  const found = /^(tls|tcp):\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?\/?$/.exec(address);
  if (!found) return undefined;
  const tls = found[1] === 'tls';
  const port = Number(found[3] ?? (tls ? 6514 : 601));
  return port > 0 && port < 65_536 ? { tls, host: found[2]!.replaceAll(/[[\]]/g, ''), port } : undefined;
}

const mayCall = (port: number): boolean => OWN_PORTS.has(port) || portFault(new URL(`http://x:${port}`)) === null;
const usualFor = (port: number): ReadonlySet<number> => new Set(mayCall(port) ? [port] : []);

/** Why nothing may be sent there, as far as the address alone says. */
export function syslogFault(address: string, allowPrivateTargets: boolean): string | null {
  const target = syslogTarget(address);
  if (!target) return 'it is not of the form tls://host:6514';
  if (!target.tls && !allowPrivateTargets) return 'it is not encrypted: use tls://';
  if (!mayCall(target.port)) return `port ${target.port} is not one that is called`;
  if (/^(.+\.)?localhost\.?$/i.test(target.host) && !allowPrivateTargets) return 'it is this machine';
  if (isIP(target.host) === 0) return null;
  return foreignFault(target.host, allowPrivateTargets) ?? (!allowPrivateTargets && isOwn(target.host) ? 'it is an address of this machine' : null);
}

const broken = (error: NodeJS.ErrnoException): Error => new Error(`the connection broke (${error.code ?? error.message})`, { cause: error });

function opened({ tls, host, port, ca }: SyslogTarget, address: string, signal: AbortSignal): Promise<Socket> {
  const place = { host: address, port };
  const secure = { ...place, ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === null ? {} : { ca }), minVersion: 'TLSv1.2' as const };
  const socket = tls ? connectTls(secure) : connectTcp(place);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => end(new Error(`no connection within ${CONNECT / 1_000} s`)), CONNECT);
    const stop = (): void => end(new Error('stopped'));
    function end(error: Error): void {
      clearTimeout(late);
      socket.destroy();
      reject(error);
    }
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.on('error', (error: NodeJS.ErrnoException) => end(new Error(`no connection (${error.code ?? error.message})`, { cause: error })));
    socket.once(tls ? 'secureConnect' : 'connect', () => (clearTimeout(late), resolve(socket)));
    if (signal.aborted) stop();
  });
}

async function writeAll(socket: Socket, frames: Iterable<string>): Promise<void> {
  for (const one of frames) if (!socket.write(one)) await once(socket, 'drain');
  socket.end();
}

/**
 * Sends frames and closes. Syslog has no answer, so what counts as one is that the receiver, having read to our end of the stream, closes
 * its own: whatever it had not taken by then would break the connection. Throws `Forbidden`, or an error that says what happened.
 */
export async function sendSyslog(
  target: SyslogTarget,
  frames: Iterable<string>,
  {
    allowPrivateTargets,
    look,
    signal,
    takeMs = TAKE,
  }: { allowPrivateTargets: boolean; look?: LookUp | undefined; signal: AbortSignal; takeMs?: number },
): Promise<void> {
  const { host, port } = target;
  const { address } = await judgedAddress(host, port, { exceptions: [], allowPrivateTargets }, look, usualFor(port));
  const socket = await opened(target, address, signal);
  const ended = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => (socket.destroy(), reject(new Error(`the receiver has not taken everything and closed within ${takeMs / 1_000} s`))),
      takeMs,
    );
    socket.once('end', resolve);
    socket.on('error', (error) => reject(broken(error)));
    socket.once('close', () => (clearTimeout(late), reject(new Error('the connection was cut off'))));
  });
  ended.catch(() => undefined); // told below
  socket.resume();
  try {
    await Promise.race([writeAll(socket, frames), ended.then(() => Promise.reject(new Error('the receiver closed before it had everything')))]);
    await ended;
  } finally {
    socket.destroy();
  }
}
