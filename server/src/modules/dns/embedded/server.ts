import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { Invalid } from '../invalid.ts';
import { parentOf, type Name } from '../names.ts';
import type { Endpoint } from '../wire/exchange.ts';
import { decodeMessage, FLAG, RCODE } from '../wire/message.ts';
import { answer, failure } from './answer.ts';
import type { ZoneIndex } from './zone.ts';

export interface NameServerOptions {
  /** Where to listen; loopback unless someone decides otherwise. Port 0 takes a free one. */
  address?: string;
  port: number;
  /** The zone with the longest of these names (longest first), or undefined. Asked for every query, so it must be quick. */
  find: (names: readonly Name[]) => Promise<ZoneIndex | undefined>;
  onError: (error: Error) => void;
}

export interface NameServer extends Endpoint {
  close: () => Promise<void>;
}

const MAX_AT_ONCE = 200;
const MAX_CONNECTIONS = 100;
const IDLE_MS = 10_000;

const above = (name: Name): Name[] => {
  const names: Name[] = [];
  for (let at: Name | undefined = name; at !== undefined && at !== ''; at = parentOf(at)) names.push(at);
  return names;
};

/** An authoritative name server on UDP and TCP. It answers for what `find` knows and refuses everything else. */
export async function startNameServer({ address = '127.0.0.1', port, find, onError }: NameServerOptions): Promise<NameServer> {
  let busy = 0;
  const reply = async (bytes: Buffer, udp: boolean): Promise<Buffer | undefined> => {
    if (bytes.length < 12 || (bytes.readUInt16BE(2) & FLAG.RESPONSE) !== 0) return undefined; // an answer is never answered
    if (busy >= MAX_AT_ONCE) return undefined; // the asker tries again; a queue would only grow
    busy++;
    const id = bytes.readUInt16BE(0);
    try {
      const query = decodeMessage(bytes);
      const name = query.questions[0]?.name;
      return answer(query, name === undefined ? undefined : await find(above(name)), udp);
    } catch (error) {
      if (error instanceof Invalid) return failure(id, RCODE.FORMERR);
      onError(error as Error);
      return failure(id, RCODE.SERVFAIL);
    } finally {
      busy--;
    }
  };

  const tcp = await listenTcp(address, port, (bytes) => reply(bytes, false));
  const taken = (tcp.server.address() as { port: number }).port;
  const udp = await listenUdp(address, taken, (bytes) => reply(bytes, true), onError).catch(async (error: unknown) => {
    await tcp.close();
    throw error;
  });
  return {
    address,
    port: taken,
    close: async () => {
      await Promise.all([tcp.close(), new Promise<void>((resolve) => udp.close(resolve))]);
    },
  };
}

function listenUdp(
  address: string,
  port: number,
  reply: (bytes: Buffer) => Promise<Buffer | undefined>,
  onError: (error: Error) => void,
): Promise<UdpSocket> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.on('message', (bytes, from) => {
    void reply(bytes).then((back) => back && socket.send(back, from.port, from.address, (error) => error && onError(error)));
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject).on('error', onError);
      resolve(socket);
    });
  });
}

async function listenTcp(
  address: string,
  port: number,
  reply: (bytes: Buffer) => Promise<Buffer | undefined>,
): Promise<{ server: Server; close: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    void serve(socket, reply).catch(() => socket.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, close };
}

/** One question after the other; each is answered before the next is read, so one connection cannot pile up work. */
async function serve(socket: Socket, reply: (bytes: Buffer) => Promise<Buffer | undefined>): Promise<void> {
  let held = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const end = 2 + held.readUInt16BE(0);
      const back = await reply(held.subarray(2, end));
      held = held.subarray(end);
      if (!back) return void socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(back.length);
      socket.write(Buffer.concat([length, back]));
    }
  }
}
