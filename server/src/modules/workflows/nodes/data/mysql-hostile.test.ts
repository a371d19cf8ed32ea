import { createServer, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createNodeRun, faultOf } from '#test/lone-node.ts';
import { data } from './index.ts';

/** A packet of the protocol (MySQL Internals, Basic packets). */
const packet = (sequence: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
};
const CAPABILITIES = 0x00_0f_f7_df; // all of old, without TLS
/** Protocol::HandshakeV10 */
const hello = (plugin = 'mysql_native_password'): Buffer => {
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(CAPABILITIES);
  return packet(0, Buffer.concat([Buffer.from([10]), Buffer.from('8.0.36\0'), Buffer.from([1, 0, 0, 0]), Buffer.alloc(8, 'a'), Buffer.from([0]), flags.subarray(0, 2), Buffer.from([33, 2, 0]), flags.subarray(2), Buffer.from([21]), Buffer.alloc(10), Buffer.alloc(12, 'b'), Buffer.from([0]), Buffer.from(`${plugin}\0`)]));
}; // prettier-ignore
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

describe('a server of MySQL that means no good', () => {
  const ends: (() => void)[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end()));

  /** Answers each packet by what `answers` gives for it; keeps what it was sent. */
  async function hostile(answers: (body: Buffer, index: number, socket: Socket) => Buffer | undefined, first = hello()) {
    const heard: Buffer[] = [];
    const here = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(first);
      socket.on('data', (bytes) => {
        heard.push(bytes);
        const reply = answers(bytes.subarray(4), heard.length - 1, socket);
        if (reply) socket.write(packet((bytes[3]! + 1) % 256, reply));
      });
    });
    await new Promise<void>((resolve) => void here.listen(0, '127.0.0.1', resolve));
    ends.push(() => here.close());
    const { port } = here.address() as AddressInfo;
    const to = (mode: string): string => `mysql://guest:hush-hush@127.0.0.1:${port}/d?sslmode=${mode}`;
    return {
      heard,
      fault: (mode = 'disable') =>
        faultOf(
          createNodeRun({ lab: true, secrets: { DB: to(mode) } }).start(data, {
            source: 'mysql',
            connection: 'secret://DB',
            action: 'query',
            sql: 'select 1',
          }),
        ),
    };
  }

  test.each([1, 2, 3])('gets no file of ours, whichever statement it asks after (%i)', async (turn) => {
    const { heard, fault } = await hostile((_body, index) => (index < turn ? OK : Buffer.from('\xFB/etc/passwd', 'latin1')));
    expect(await fault()).toMatchObject({ type: 'sql-error', details: { code: '08P01' }, message: expect.stringContaining('a file of ours') });
    // The log-in did not offer it (CLIENT_LOCAL_FILES), and nothing was sent after the question.
    expect(heard[0]!.readUInt32LE(4) & 0x80).toBe(0);
    expect(heard).toHaveLength(turn + 1);
    expect(Buffer.concat(heard).toString('latin1')).not.toContain('root:');
  });

  test.each(['mysql_clear_password', 'dialog', '__proto__'])('gets no password by %s', async (plugin) => {
    for (const first of [hello(), hello(plugin)]) {
      const { heard, fault } = await hostile((_body, index) => (index === 0 ? Buffer.from(`\xFE${plugin}\0scramble-of-20-bytes\0`, 'latin1') : undefined), first);
      expect(await fault()).toMatchObject({ type: 'sql-error', class: 'auth', details: { code: '28000' } });
      expect(Buffer.concat(heard).toString('latin1')).not.toContain('hush-hush');
    }
  }); // prettier-ignore

  test('does not have the password repeated in an error', async () => {
    const { fault } = await hostile(() => Buffer.concat([Buffer.from([0xff, 0x15, 0x04]), Buffer.from('#28000no hush-hush here')]));
    expect(await fault()).toMatchObject({ class: 'auth', message: 'no *** here' });
  });

  test('gets nothing at all where TLS was asked for and it speaks none', async () => {
    const { heard, fault } = await hostile(() => OK);
    expect(await fault('require')).toMatchObject({
      type: 'sql-error',
      details: { code: '08001' },
      message: expect.stringContaining('speaks no TLS'),
    });
    expect(heard).toEqual([]);
  });

  test('ends nothing but its own connection with nonsense', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4 }), fc.uint8Array({ minLength: 1, maxLength: 60 }), async (turn, bytes) => {
        const junk = Buffer.from(bytes);
        const { fault } = await hostile(
          (_body, index, socket) => (index + 1 < turn ? OK : (socket.end(packet(index + 1, junk)), undefined)),
          turn === 0 ? packet(0, junk) : hello(),
        );
        const found = await fault();
        expect(['sql-error', 'sql-transport', 'node-timeout']).toContain(found.type);
      }),
      { numRuns: 60 },
    );
  });
});
