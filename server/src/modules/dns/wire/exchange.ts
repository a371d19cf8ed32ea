import { createSocket } from 'node:dgram';
import { isIPv6, connect, type Socket } from 'node:net';

export interface Endpoint {
  address: string;
  port: number;
}

/** No answer, for a reason of the network. `sent`: the request may have arrived. */
export class NetworkFault extends Error {
  readonly kind: 'unreachable' | 'timeout';
  readonly sent: boolean;
  constructor(kind: 'unreachable' | 'timeout', message: string, sent: boolean) {
    super(message);
    this.kind = kind;
    this.sent = sent;
  }
}

export interface Patience {
  connectMs?: number;
  answerMs?: number;
  signal?: AbortSignal | undefined;
}

const MAX_ANSWER = 64 * 1024 * 1024;
const text = ({ address, port }: Endpoint): string => (isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`);
/** Id and question of a message: what an answer must repeat. Length of the question is that of ours. */
const fits = (answer: Buffer, query: Buffer): boolean =>
  answer.length >= 12 && answer.readUInt16BE(0) === query.readUInt16BE(0) && (answer[2]! & 0x80) !== 0;

/** One question by UDP. Datagrams from elsewhere or with another id are not ours and are passed over. */
export function askUdp(server: Endpoint, query: Buffer, { answerMs = 1_500, signal }: Patience = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    const end = (act: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.close();
      act();
    };
    const abort = (): void => end(() => reject(signal!.reason));
    const timer = setTimeout(
      () => end(() => reject(new NetworkFault('timeout', `${text(server)} did not answer within ${answerMs} ms (UDP)`, true))),
      answerMs,
    );
    signal?.addEventListener('abort', abort);
    socket.on('error', (cause) => end(() => reject(new NetworkFault('unreachable', `${text(server)}: ${reason(cause)} (UDP)`, false))));
    socket.on('message', (answer) => {
      if (fits(answer, query)) end(() => resolve(answer));
    });
    // A connected socket takes datagrams from this server only, and hears of a closed port.
    socket.connect(server.port, server.address, () => socket.send(query));
  });
}

const reason = (error: NodeJS.ErrnoException): string => (error.code === 'ECONNREFUSED' ? 'nothing listens there' : (error.code ?? error.message));

/** One request by TCP and the messages of its answer, until `enough` says so. */
export async function askTcp(
  server: Endpoint,
  query: Buffer,
  enough: (message: Buffer) => boolean,
  { connectMs = 5_000, answerMs = 30_000, signal }: Patience = {},
): Promise<void> {
  const socket = connect({ host: server.address, port: server.port });
  let sent = false;
  try {
    await opened(socket, server, connectMs, signal);
    const frame = Buffer.alloc(2);
    frame.writeUInt16BE(query.length);
    sent = true;
    socket.write(Buffer.concat([frame, query]));
    socket.setTimeout(answerMs, () =>
      socket.destroy(new NetworkFault('timeout', `${text(server)} did not answer within ${answerMs / 1000} s (TCP)`, true)),
    );
    for await (const message of messages(socket)) if (enough(message)) return;
    throw new NetworkFault('unreachable', `${text(server)} closed the connection before its answer was complete`, true);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw (error as NodeJS.ErrnoException).code && !(error instanceof NetworkFault)
      ? new NetworkFault('unreachable', `${text(server)}: ${reason(error as Error)} (TCP)`, sent)
      : error;
  } finally {
    socket.destroy();
  }
}

function opened(socket: Socket, server: Endpoint, connectMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new NetworkFault('timeout', `${text(server)} did not accept a connection within ${connectMs / 1000} s`, false)),
      connectMs,
    );
    const abort = (): void => void socket.destroy(signal!.reason as Error);
    signal?.addEventListener('abort', abort);
    socket.once('close', () => signal?.removeEventListener('abort', abort));
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** Messages of a stream, each behind its length (RFC 1035 4.2.2). */
async function* messages(socket: Socket): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    held.push(chunk);
    size += chunk.length;
    total += chunk.length;
    if (total > MAX_ANSWER) throw new NetworkFault('unreachable', `the answer is larger than ${MAX_ANSWER} octets`, true);
    if (size < 2) continue;
    let bytes = Buffer.concat(held);
    while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
      const end = 2 + bytes.readUInt16BE(0);
      yield bytes.subarray(2, end);
      bytes = bytes.subarray(end);
    }
    held = [bytes];
    size = bytes.length;
  }
}
