import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDatabaseUrl, withoutPassword } from './check-external.ts';
import { checkPort } from './check-port.ts';
import { startEmbedded, type Embedded } from './index.ts';
import { cacheDir, gone, remove, temporary } from './testing.ts';

const refusal = async (url: string): Promise<{ name: string; message: string; remedy: string }> =>
  checkDatabaseUrl(url).then(
    () => {
      throw new Error('it was accepted');
    },
    (error: unknown) => error as { name: string; message: string; remedy: string },
  );

/** Enough of the protocol (version 3) to let anyone in and answer every query with one row of text columns. */
async function fakeServer(row: readonly string[]): Promise<{ server: Server; url: string }> {
  const message = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5);
    head.write(type, 0);
    head.writeUInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);
  const int32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
  const names = ['number', 'name', 'reader'];
  const columns = names.map((name, index) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(index === 2 ? 16 : 25), int16(-1 & 0xffff), int32(-1), int16(0)]),
  );
  const values = row.map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]));
  const ready = message('Z', Buffer.from('I'));
  const server = createServer((socket) => {
    let greeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (!greeted) socket.write(Buffer.concat([message('R', int32(0)), ready]));
      else if (chunk[0] === 'Q'.charCodeAt(0)) {
        socket.write(
          Buffer.concat([message('T', int16(3), ...columns), message('D', int16(3), ...values), message('C', Buffer.from('SELECT 1\0')), ready]),
        );
      }
      greeted = true;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `postgres://someone:secret@127.0.0.1:${(server.address() as { port: number }).port}/shop` };
}

describe('a real server', () => {
  let dir: string;
  let database: Embedded;
  beforeAll(async () => {
    dir = await temporary();
    database = await startEmbedded({ dir, cacheDir, throwaway: true, log: () => undefined });
  });
  afterAll(async () => {
    await database.stop();
    await gone(dir);
    await remove(dir);
  });
  const but = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  test('that is right is accepted', async () => {
    await checkDatabaseUrl(database.url);
  });

  test('a wrong password, user, database or TLS demand is one line each, which never holds the password', async () => {
    const cases = {
      login: await refusal(but((url) => (url.password = 'not-this-one'))),
      user: await refusal(but((url) => (url.username = 'nobody-here'))),
      none: await refusal(but((url) => (url.password = ''))),
      database: await refusal(but((url) => (url.pathname = '/missing'))),
      tls: await refusal(but((url) => url.searchParams.set('sslmode', 'require'))),
    };
    expect(cases.login.message).toBe('The PostgreSQL at 127.0.0.1 refuses the login "postgres" (DATABASE_URL).');
    expect(cases.user.message).toContain('refuses the login "nobody-here"');
    expect(cases.none.message).toMatch(/asks for a password|refuses the login/);
    expect(cases.database.message).toContain('There is no database "missing"');
    expect(cases.tls.message).toContain('offers no TLS');
    for (const { name, message, remedy } of Object.values(cases)) {
      expect(name).toBe('StartError');
      expect(`${message} ${remedy}`).not.toMatch(/\n|not-this-one/);
      expect(remedy).not.toBe('');
    }
  });
});

describe('a server that will not do', () => {
  test('older than 15', async () => {
    const { server, url } = await fakeServer(['140011', '14.11 (Debian 14.11-1)', 'f']);
    expect(await refusal(url)).toMatchObject({ name: 'StartError', message: expect.stringMatching(/is version 14\.11 .*needs 15 or newer/) });
    server.close();
  });

  test('a replica', async () => {
    const { server, url } = await fakeServer(['180004', '18.4', 't']);
    expect(await refusal(url)).toMatchObject({ message: expect.stringContaining('read-only replica') });
    server.close();
  });

  test('nothing listens, no such host, and one that never answers', async () => {
    expect((await refusal('postgres://u:p@127.0.0.1:1/d')).message).toBe('Nothing listens at 127.0.0.1:1 (DATABASE_URL).');
    expect((await refusal('postgres://u:p@no-such-host.invalid/d')).message).toBe('The host "no-such-host.invalid" in DATABASE_URL is not known.');
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    expect((await refusal(`postgres://u:p@127.0.0.1:${port}/d`)).message).toContain('does not answer within 5 seconds');
    silent.close();
  });
});

describe('the text of DATABASE_URL', () => {
  test.each([
    ['localhost:5432/db', 'begins with "localhost:"'],
    ['not a url', 'is not a URL'],
    ['mysql://u:p@h/d', 'begins with "mysql:"'],
    ['postgres://u:p@h', 'names no database'],
    ['postgres://u:p@h/', 'names no database'],
  ])('%s is refused before anything is asked', async (url, reason) => {
    expect((await refusal(url)).message).toContain(reason);
  });

  test('what is shown of it never holds the password, whatever that is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{4,40}$/), (password) => {
        const url = new URL('postgres://reader@db.example:5433/shop');
        url.password = encodeURIComponent(password);
        expect(withoutPassword(url.href)).toBe('postgres://reader@db.example:5433/shop');
      }),
    );
  });
});

test('a taken port is named with the way out, a free one passes', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(checkPort(port, '127.0.0.1')).rejects.toMatchObject({
    name: 'StartError',
    message: `Port ${port} is taken by another program.`,
    remedy: expect.stringContaining(`PORT=${port + 1}`),
  });
  other.close();
  await once(other, 'close');
  await checkPort(port, '127.0.0.1');
});
