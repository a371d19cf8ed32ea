import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressFault } from '#kernel/outbound.ts';
import { createOutgoing, Forbidden, Unreachable, urlFault } from './outgoing.ts';

const strict = { addressFault, allowPrivateTargets: false };
const lab = { addressFault, allowPrivateTargets: true };
const here = createServer((request, response) => {
  if (request.url === '/huge') return void response.end('x'.repeat(600_000));
  if (request.url === '/redirect') return void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
  if (request.url === '/broken') return void response.writeHead(502).end();
  if (request.url === '/slow') return undefined;
  if (request.url === '/other') return void request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: none\r\n\r\n');
  return void response.setHeader('x-method', request.method ?? '').end('good');
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => void here.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(here.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => (here.closeAllConnections(), here.close(resolve))));

describe('addresses of identity providers', () => {
  test.each([
    'http://idp.example', 'https://127.0.0.1', 'https://10.0.0.5/realms/a', 'https://[::1]', 'https://[::ffff:127.0.0.1]', 'https://169.254.169.254/latest/meta-data', 'https://localhost',
    'https://192.168.1.1', 'https://user:pass@idp.example', 'ftp://idp.example', 'file:///etc/passwd', 'https://2130706433', 'https://0x7f.1', 'https://0', 'no address',
  ])('%s is not one that a tenant may name', (address) => expect(urlFault(address, strict, 'tenant')).not.toBeNull()); // prettier-ignore
  test.each(['https://idp.example', 'https://login.microsoftonline.com/x/v2.0', 'https://8.8.8.8'])('%s is', (address) =>
    expect(urlFault(address, strict, 'tenant')).toBeNull(),
  );
  test('whoever runs the installation may name a server of their own network, but not without TLS', () => {
    expect(urlFault('https://10.0.0.5', strict, 'operator')).toBeNull();
    expect(urlFault('http://10.0.0.5', strict, 'operator')).not.toBeNull();
    expect(urlFault('https://169.254.169.254', strict, 'operator')).not.toBeNull();
  });
  test('a laboratory may use this machine without TLS, and nothing else', () => {
    expect(urlFault('http://127.0.0.1:1234', lab, 'tenant')).toBeNull();
    expect(urlFault('http://10.0.0.5', lab, 'tenant')).not.toBeNull();
  });
});

describe('requests to identity providers', () => {
  test('a name that leads to this machine is not called for a tenant', async () => {
    await expect(createOutgoing(strict)('tenant')('https://localhost:1/')).rejects.toBeInstanceOf(Forbidden);
    await expect(createOutgoing(strict)('tenant')(url)).rejects.toBeInstanceOf(Forbidden);
  });
  test('what a name leads to is judged when it is called', async () => {
    await expect(createOutgoing({ ...strict, addressFault: () => 'it is watched' })('operator')('https://localhost:1/')).rejects.toThrow(/watched/);
  });
  test('a connection that others were allowed to open is not used by whom it is forbidden', async () => {
    const byName = url.replace('127.0.0.1', 'localhost');
    expect((await createOutgoing(lab)('operator')(byName)).status).toBe(200);
    await expect(createOutgoing({ ...lab, addressFault: () => 'it is watched' })('tenant')(byName)).rejects.toBeInstanceOf(Forbidden);
  });
  test('the answer comes with its status and headers, and redirects are not followed', async () => {
    const fetch = createOutgoing(lab)('tenant');
    const good = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect([good.status, good.headers.get('x-method'), await good.text()]).toEqual([200, 'POST', 'good']);
    const redirect = await fetch(`${url}/redirect`);
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'http://169.254.169.254/latest']);
  });
  test('failures of the other side, and answers that are too large, are no answers', async () => {
    const fetch = createOutgoing(lab)('tenant');
    await expect(fetch(`${url}/broken`)).rejects.toBeInstanceOf(Unreachable);
    await expect(fetch(`${url}/huge`)).rejects.toBeInstanceOf(Unreachable);
    await expect(fetch('http://127.0.0.1:1')).rejects.toBeInstanceOf(Unreachable);
    // Five times: none of them keeps its place.
    for (let n = 0; n < 5; n++) await expect(fetch(`${url}/other`)).rejects.toThrow(/closed without an answer/);
  });
  test('one provider that hangs takes four calls and no more', async () => {
    const fetch = createOutgoing(lab)('tenant');
    const end = new AbortController();
    const hanging = Array.from({ length: 4 }, () => fetch(`${url}/slow`, { signal: end.signal }).catch((error: unknown) => error));
    await expect(fetch(url)).rejects.toThrow(/under way/);
    end.abort();
    expect(await Promise.all(hanging)).toEqual(Array.from({ length: 4 }, () => expect.any(Unreachable)));
    await expect(fetch(url)).resolves.toMatchObject({ status: 200 });
  });
});
