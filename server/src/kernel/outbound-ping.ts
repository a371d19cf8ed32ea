import { execFile, type ExecFileException } from 'node:child_process';
import { isIP } from 'node:net';
import type { EgressRules } from './outbound-egress.ts';
import { TooLate } from './outbound-http.ts';
import { judgedAddress } from './outbound-sockets.ts';
import { Unreachable, type LookUp } from './outbound.ts';

export interface PingTarget {
  host: string;
  /** Echo requests, from 1. */
  count: number;
  /** Milliseconds that answers are waited for after the last request; whole seconds of it count. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** What came back of the echo requests that were sent (RFC 792, RFC 4443). */
export interface Pinged {
  sent: number;
  received: number;
  /** Round trips in milliseconds; null where nothing came back. */
  roundTrip: { min: number; avg: number; max: number } | null;
}

/** The machine lacks what is needed to ask at all: whoever runs the installation mends it, and the message says how. */
export class Unequipped extends Error {}

/** It is told a numeric address, and needs nothing of ours. `C`: its words are parsed. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
/** Seconds between two requests: the least that `ping` of iputils grants to everybody. */
const PACE = '0.2';
const PACE_MS = 200;
/** It ends by itself within the time; this much later it is ended. */
const GRACE_MS = 2_000;
const MOST_BYTES = 65_536;

const SENT = /(\d+) packets transmitted, (\d+)(?: packets)? received/;
/** `rtt min/avg/max/mdev` of iputils, `round-trip min/avg/max` of BusyBox, with `/stddev` elsewhere. */
const TIMES = /(?:rtt|round-trip) min\/avg\/max(?:\/\w+)? = ([\d.]+)\/([\d.]+)\/([\d.]+)/;

/** What `ping -q` of iputils or BusyBox has printed; null where it was not counted to the end. */
export function pingedIn(said: string): Pinged | null {
  const [, sent, received] = (SENT.exec(said) ?? []).map(Number);
  if (sent === undefined || received === undefined || sent === 0) return null;
  const [, min, avg, max] = (TIMES.exec(said) ?? []).map(Number);
  // A second answer to one request is no second request.
  const came = Math.min(sent, received);
  return { sent, received: came, roundTrip: came === 0 || max === undefined ? null : { min: min!, avg: avg!, max } };
}

const ALLOW = 'Allow it on this machine: sysctl -w net.ipv4.ping_group_range="0 2147483647" (docs/guides/deploy.md says how in containers).';
const INSTALL = 'Install iputils-ping on every machine that runs workflows.';
/** Words of `ping`, and of the kernel to whoever starts it, where the process has no right to send. */
const REFUSED = /operation not permitted|permission denied|lacking privilege|missing cap_net_raw/i;
const UNKNOWN = /(invalid|unrecognized|unknown) option/i;

/** Why it printed no count. */
function faultIn({ code, killed, name }: ExecFileException, stderr: string, signal: AbortSignal): Error {
  if (name === 'AbortError') return signal.reason instanceof Error ? signal.reason : new Error('aborted');
  if (code === 'ENOENT') return new Unequipped(`There is no program "ping" here. ${INSTALL}`);
  if (code === 'EACCES' || code === 'EPERM' || REFUSED.test(stderr)) return new Unequipped(`This process must not send pings. ${ALLOW}`);
  if (UNKNOWN.test(stderr)) return new Unequipped(`The program "ping" here is neither that of iputils nor that of BusyBox. ${INSTALL}`);
  if (killed === true) return new TooLate('ping did not end in time');
  const [why = ''] = stderr.trim().split('\n').slice(-1);
  return new Unreachable(`no echo: ${why.replace(/^ping6?: /, '').slice(0, 200) || 'ping said nothing'}`);
}

function run(program: string, words: readonly string[], timeout: number, signal: AbortSignal): Promise<Pinged> {
  return new Promise((resolve, reject) => {
    const options = { env: ENVIRONMENT, maxBuffer: MOST_BYTES, killSignal: 'SIGKILL', timeout, signal } as const;
    execFile(program, [...words], options, (error, stdout, stderr) => {
      // That nothing came back is an error to it and an answer to us.
      const found = error?.name === 'AbortError' ? null : pingedIn(stdout);
      if (found) resolve(found);
      else reject(error ? faultIn(error, stderr, signal) : new Unreachable('no echo: ping printed no count'));
    });
  });
}

/**
 * Sends echo requests by the machine's own `ping`, since Node has no sockets for ICMP: by a numeric address that was judged, without a shell.
 * Throws `Forbidden`, `Unreachable`, `TooLate` or `Unequipped`.
 */
export async function outboundPing(target: PingTarget, rules: EgressRules, look?: LookUp, program = 'ping'): Promise<Pinged> {
  const { host, count, timeoutMs, signal } = target;
  const { address } = await judgedAddress(host, null, rules, look);
  signal.throwIfAborted();
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1_000));
  const words = ['-n', '-q', '-c', String(count), '-i', PACE, '-W', String(seconds), isIP(address) === 6 ? '-6' : '-4', '--', address];
  return run(program, words, seconds * 1_000 + count * PACE_MS + GRACE_MS, signal);
}
