import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const fileOf = (name: string): string => fileURLToPath(new URL(`../../../docs/samples/webhooks/${name}`, import.meta.url));
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const BODY = JSON.stringify({ type: 'server.created', timestamp: '2026-11-20T20:00:00Z', tenantId: 't', apiVersion: 'v1', data: { name: 'wéb-1' } });

interface Receiver {
  port: number;
  /** Lines that it printed. */
  said: () => string;
  close: () => Promise<void>;
}
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
const environment = (more: Record<string, string>): Record<string, string> => ({ PATH: process.env['PATH']!, SWITCHYARD_WEBHOOK_SECRET: SECRET, ...more }); // prettier-ignore

/** A program that listens by itself. */
async function startProgram(command: string, file: string): Promise<Receiver> {
  const port = await freePort();
  const child = spawn(command, [fileOf(file)], { env: environment({ PORT: String(port) }), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'close');
  for (const end = Date.now() + 30_000; ;) {
    const up = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }).then(() => true, () => false); // prettier-ignore
    if (up) break;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${file} does not listen: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    said: () => said,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** One that is started for each connection, with the connection as its input and output, as systemd does it. */
async function startPerConnection(file: string): Promise<Receiver> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-sample-'));
  const children = new Set<ChildProcess>();
  let said = '';
  const server: Server = createServer({ pauseOnConnect: true }, (socket) => {
    const child = spawn('bash', [fileOf(file)], { env: environment({ SEEN: folder }), stdio: [socket, socket, 'pipe'] });
    children.add(child);
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    child.once('close', () => {
      children.delete(child);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    said: () => said,
    async close() {
      for (const child of children) child.kill('SIGKILL');
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SAMPLES: Record<string, () => Promise<Receiver>> = {
  'receiver.ts, Node and the SDK': () => startProgram(process.execPath, 'receiver.ts'),
  'receiver.py, Python and its standard library': () => startProgram('python3', 'receiver.py'),
  'receiver.sh, Bash and OpenSSL': () => startPerConnection('receiver.sh'),
};

describe.each(Object.entries(SAMPLES))('the sample %s', (_name, start) => {
  let receiver: Receiver;
  beforeAll(async () => void (receiver = await start()));
  afterAll(() => receiver?.close());

  interface Sent {
    id?: string;
    body?: string;
    secret?: string;
    sentAt?: Date;
    headers?: Record<string, string>;
  }
  /** Signed by the public library, and then changed as the test wants it. */
  async function send({ id = 'msg_1', body = BODY, secret = SECRET, sentAt = new Date(), headers = {} }: Sent): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${receiver.port}/hooks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, sentAt, BODY),
        ...headers,
      },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  }
  const handled = (id: string): number => receiver.said().split('\n').filter((line) => line === `server.created ${id}`).length; // prettier-ignore

  test('takes a signed delivery, and one that comes again only once', async () => {
    expect(await send({ id: 'msg_first' })).toBe(204);
    expect(await send({ id: 'msg_first', sentAt: new Date(Date.now() + 1_000) })).toBe(200);
    expect(await send({ id: 'msg_second' })).toBe(204);
    // What it prints may come later than what it answers, but in order.
    await expect.poll(() => handled('msg_second')).toBe(1);
    expect(handled('msg_first')).toBe(1);
  });

  test('takes it beside a signature that it does not know, as while secrets rotate', async () => {
    const sentAt = new Date();
    const other = new Webhook(`whsec_${randomBytes(32).toString('base64')}`).sign('msg_rotated', sentAt, BODY);
    const ours = new Webhook(SECRET).sign('msg_rotated', sentAt, BODY);
    expect(await send({ id: 'msg_rotated', sentAt, headers: { 'webhook-signature': `${other} v1a,AAAA ${ours}` } })).toBe(204);
    await expect.poll(() => handled('msg_rotated')).toBe(1);
  });

  test('does nothing for a changed body, another secret, an old time, or without headers', async () => {
    expect(await send({ id: 'msg_bad', body: BODY.replace('wéb-1', 'wéb-2') })).toBe(401);
    expect(await send({ id: 'msg_bad', secret: `whsec_${randomBytes(32).toString('base64')}` })).toBe(401);
    expect(await send({ id: 'msg_bad', sentAt: new Date(Date.now() - 310_000) })).toBe(401);
    expect(await send({ id: 'msg_bad', sentAt: new Date(Date.now() + 310_000) })).toBe(401);
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expect(await send({ id: 'msg_bad', headers: { [name]: '' } })).toBe(401);
    expect(await send({ id: 'msg_after' })).toBe(204);
    await expect.poll(() => handled('msg_after')).toBe(1);
    expect(handled('msg_bad')).toBe(0);
    expect(await send({ id: 'msg_bad' }), 'a refusal is not remembered as dealt with').toBe(204);
  });

  test('refuses a body of more than a megabyte before it is signed for', async () => {
    const status = await send({ id: 'msg_large', body: 'x'.repeat(1_048_577) }).catch(() => 413);
    expect(status).toBe(413);
  });
});
