import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { Client, ClientChannel, ServerHostKeyAlgorithm } from 'ssh2';
import { TooLate } from '#kernel/outbound-http.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import { tellOutsideCall } from '#kernel/outside-calls.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import '../../ssh/problems.ts';
import type { RunOptions, SshAccess, SshAnswer, SshLine, SshLines, Timing } from './port.ts';

/** Read with the first route server: most processes never reach one. */
const ssh = async () => (await import('ssh2')).default;

const CONNECT_MS = 10_000;
const MOST_OUT = 64 * 1_048_576;
const MOST_ERR = 65_536;

/** Opens a connection by the guarded way out. */
export type Dial = (to: { host: string; port: number; timeoutMs: number; signal: AbortSignal }) => Promise<Socket>;

/** What to ask for, so that the key that is shown is of the kind that was pinned; of RSA keys never with SHA-1. */
const ALGORITHMS: Readonly<Record<string, ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

const placeOf = ({ host, port }: SshAccess): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

const changed = (access: SshAccess): Problem =>
  new Problem('host-key-changed', `The server at ${placeOf(access)} shows another host key than the one that was recorded. Nothing was sent to it.`);

/** Why there is no connection, in the words of the catalogue. */
function whyNone(error: unknown, access: SshAccess): Problem {
  if (error instanceof Problem) return error;
  const place = placeOf(access);
  if (error instanceof Forbidden) return new Problem('ssh-address-forbidden', `The route server is not called: ${error.message}.`);
  if (error instanceof TooLate) return new Problem('ssh-timeout', `${place} did not answer in time.`);
  const { level, message } = error as Error & { level?: string };
  if (level === 'client-authentication')
    return new Problem('ssh-auth-failed', `${place} does not take Switchyard's key for "${access.user}". Run the setup of this route server again.`);
  if (level === 'client-timeout') return new Problem('ssh-timeout', `${place} did not answer in time.`);
  return new Problem('ssh-unreachable', `${place} cannot be reached: ${error instanceof Unreachable ? message : (level ?? 'the connection ended')}.`);
}

function connected(client: Client, sock: Socket, access: SshAccess): Promise<void> {
  const [kind = '', pinned = ''] = access.hostKey.split(' ');
  const expected = Buffer.from(pinned, 'base64');
  return new Promise((resolve, reject) => {
    let isOther = false;
    client.once('ready', () => resolve());
    client.once('error', (error) => reject(isOther ? changed(access) : whyNone(error, access)));
    client.once('close', () => reject(isOther ? changed(access) : new Problem('ssh-unreachable', `${placeOf(access)} hung up.`)));
    client.connect({
      sock,
      username: access.user,
      privateKey: access.privateKey,
      readyTimeout: CONNECT_MS,
      keepaliveInterval: 5_000,
      keepaliveCountMax: 3,
      authHandler: ['publickey'],
      algorithms: { serverHostKey: ALGORITHMS[kind] ?? [] },
      hostVerifier: (shown: Buffer) => !(isOther = !shown.equals(expected)),
    });
  });
}

function answered(channel: ClientChannel, { stdin, onOut }: Omit<RunOptions, 'timeoutMs'>): Promise<SshAnswer> {
  return new Promise((resolve, reject) => {
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    let [size, errSize, code, isEnough] = [0, 0, -1, false];
    const decoder = new StringDecoder('utf8');
    channel.on('data', (part: Buffer) => {
      if (isEnough) return;
      if (onOut) {
        isEnough = !onOut(decoder.write(part));
        if (isEnough) channel.close();
        return;
      }
      size += part.length;
      if (size <= MOST_OUT) out.push(part);
      else channel.close();
    });
    channel.stderr.on('data', (part: Buffer) => void ((errSize += part.length) <= MOST_ERR && err.push(part)));
    channel.on('exit', (status: number | null) => (code = status ?? -1));
    channel.once('error', reject);
    channel.once('close', () =>
      resolve({ code: isEnough ? 0 : code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }),
    );
    channel.end(stdin === undefined ? undefined : Buffer.from(stdin));
  });
}

const aboutOf = ({ handle, ...access }: SshAccess) => ({ outside: 'ssh', to: placeOf(access), ...(handle === undefined ? {} : { routeServer: handle }) }) as const; // prettier-ignore

/** Says of each command in the log that it was given: its word, and neither what goes with it nor what comes back. */
const telling =
  (access: SshAccess, session: string) =>
  async (verb: string, work: () => Promise<SshAnswer>): Promise<SshAnswer> => {
    const from = performance.now();
    const tell = (more: { code?: number; fault?: string }): void =>
      tellOutsideCall({ ...aboutOf(access), session, verb, ms: Math.round(performance.now() - from), ...more });
    try {
      const answer = await work();
      tell({ code: answer.code });
      return answer;
    } catch (error) {
      tell({ fault: asProblem(error).slug });
      throw error;
    }
  };

/** One command. A connection that is lost under way, and one that is late, are told apart. */
const commanded = (client: Client, place: string, close: () => void) => (command: string, { timeoutMs, ...options }: RunOptions) =>
  new Promise<SshAnswer>((resolve, reject) => {
    const gone = (): void => reject(new Problem('ssh-unreachable', `The connection to ${place} was lost.`));
    const late = setTimeout(() => {
      reject(new Problem('ssh-timeout', `${place} did not answer within ${timeoutMs / 1_000} s.`));
      close();
    }, timeoutMs);
    client.once('close', gone);
    const end = (): void => (clearTimeout(late), void client.off('close', gone));
    try {
      client.exec(command, (error, channel) => {
        if (error) return end(), gone();
        answered(channel, options).then(resolve, gone).finally(end);
      });
    } catch {
      // It is closed already.
      end();
      gone();
    }
  }); // prettier-ignore

/** A connection with the one key that opens nothing but the forced command, to the one host that has the key that was recorded. */
async function openLine(dial: Dial, access: SshAccess): Promise<SshLine> {
  const { Client } = await ssh();
  const sock = await dial({ host: access.host, port: access.port, timeoutMs: CONNECT_MS, signal: AbortSignal.timeout(CONNECT_MS) }).catch((error: unknown) => {
    throw whyNone(error, access);
  });
  // Each command is small and waits for its answer: held back until what went before is acknowledged (RFC 896), it takes a tenth of a second more.
  sock.setNoDelay(true);
  const client = new Client();
  const close = (): void => (client.end(), void sock.destroy());
  try {
    await connected(client, sock, access);
  } catch (error) {
    close();
    throw error;
  }
  // Told by the command that it interrupts.
  client.on('error', () => undefined);
  const tell = telling(access, `${sock.localAddress ?? ''}:${sock.localPort ?? ''}`);
  const run = commanded(client, placeOf(access), close);
  return { close, run: (command, options) => tell(command.split(' ')[0]!, () => run(command, options)) };
} // prettier-ignore

/** A connection that does not come about has no commands that could be told of. */
const opened = (dial: Dial, access: SshAccess): Promise<SshLine> => {
  const from = performance.now();
  return openLine(dial, access).catch((error: unknown) => {
    tellOutsideCall({ ...aboutOf(access), verb: 'connect', ms: Math.round(performance.now() - from), fault: asProblem(error).slug });
    throw error;
  });
};

async function newKeyPair(comment: string): Promise<{ privateKey: string; publicKey: string }> {
  const made = (await ssh()).utils.generateKeyPairSync('ed25519', { comment });
  return { privateKey: made.private, publicKey: made.public };
}

/** As exchange.md 19 has them. */
const TIMING: Timing = { armSeconds: 180, healthMs: 60_000, probeMs: 3_000, quietMs: 2_000, drainMs: 300_000, backMs: 300_000 };

/** `dial` is the guarded way out of a tenant. */
export const sshLines = (dial: (tenantId: string) => Dial, timing: Timing = TIMING): SshLines => ({
  open: (tenantId, access) => opened(dial(tenantId), access),
  newKeyPair,
  timing,
});
