import { once } from 'node:events';
import { createServer as createTcp, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTls, type SecureContextOptions } from 'node:tls';

/** A message of RFC 5424, taken apart. */
export interface Message {
  priority: number;
  at: string;
  host: string;
  app: string;
  msgId: string;
  data: Record<string, string>;
  body: string;
}
const MESSAGE = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (\[[^ \]]+(?: [^=\s]+="(?:[^"\\\]]|\\["\\\]])*")*\]|-) ([\s\S]*)$/;

export function parseMessage(text: string): Message {
  const found = MESSAGE.exec(text);
  if (!found) throw new Error(`not of RFC 5424: ${text}`);
  const [, priority, at, host, app, , msgId, data, body] = found as unknown as string[];
  const params = [...data!.matchAll(/ ([^=\s]+)="((?:[^"\\\]]|\\.)*)"/g)].map(([, name, value]) => [name!, value!.replaceAll(/\\(.)/g, '$1')]);
  return {
    priority: Number(priority),
    at: at!,
    host: host!,
    app: app!,
    msgId: msgId!,
    data: Object.fromEntries(params) as Record<string, string>,
    body: body!,
  };
}

/** What is whole in a stream of octet-counted frames (RFC 6587, 3.4.1), and what is left. */
function framesIn(bytes: Buffer): { messages: string[]; rest: Buffer } {
  const messages: string[] = [];
  let rest = bytes;
  for (;;) {
    const space = rest.indexOf(0x20);
    if (space < 0) return { messages, rest };
    const head = rest.toString('latin1', 0, space);
    if (!/^[1-9]\d*$/.test(head)) throw new Error(`not the length of a frame: ${head}`);
    const end = space + 1 + Number(head);
    if (rest.length < end) return { messages, rest };
    messages.push(rest.toString('utf8', space + 1, end));
    rest = rest.subarray(end);
  }
}

export interface SyslogReceiver {
  port: number;
  heard: Message[];
  /** Numbers in the chain, as they came. */
  seqs: () => number[];
  close: () => Promise<void>;
}

/** A syslog server on loopback; `hold` says what it does once a sender has ended: by default it closes too. */
export async function startSyslog({ tls, closing = (socket) => void socket.end() }: { tls?: SecureContextOptions; closing?: (socket: Socket) => void } = {}): Promise<SyslogReceiver> {
  const heard: Message[] = [];
  const sockets = new Set<Socket>();
  const hear = (socket: Socket): void => {
    let left: Buffer = Buffer.alloc(0);
    socket.on('data', (part: Buffer) => {
      const { messages, rest } = framesIn(Buffer.concat([left, part]));
      left = rest;
      heard.push(...messages.map(parseMessage));
    });
    socket.on('error', () => undefined).once('end', () => closing(socket));
  };
  const server = tls ? createTls({ ...tls, allowHalfOpen: true }, hear) : createTcp({ allowHalfOpen: true }, hear);
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => undefined).once('close', () => sockets.delete(socket))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    seqs: () => heard.map(({ data }) => Number(data['seq'])),
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
} // prettier-ignore
