import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toy, type Toy } from '#test/toy.ts';

let world: Toy;
let webRoot: string;
beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'switchyard-site-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Switchyard</title>');
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js'), 'export {};');
  writeFileSync(join(webRoot, 'assets', '-begins.with-it.js'), 'export {};');
  writeFileSync(join(webRoot, 'assets', '.hidden.js'), 'export {};');
  world = await toy({ webRoot });
});
afterAll(async () => {
  await world.app.close();
  rmSync(webRoot, { recursive: true });
});

const get = (url: string, accept = 'text/html') => world.app.inject({ url, headers: { host: 'sy.example', accept } });

test('the page is served at every address of the application and is asked for anew each time', async () => {
  for (const url of ['/', '/changes/CHG-1', '/servers?state=running']) {
    const answer = await get(url);
    expect([url, answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      url,
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
  }
});

test.each(['main-abc123.js', '-begins.with-it.js'])('files with a hash in their name are kept for good: %s', async (name) => {
  const answer = await get(`/assets/${name}`, '*/*');
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
});

test('a file that lies packed beside itself is sent so to whoever takes that, of the same type; to others as it is', async () => {
  writeFileSync(join(webRoot, 'assets', 'main-abc123.js.gz'), gzipSync('export {};'));
  const ask = async (encoding: string) => {
    const url = '/assets/main-abc123.js';
    const { headers, rawPayload } = await world.app.inject({ url, headers: { host: 'sy.example', 'accept-encoding': encoding } });
    expect([headers['content-type'], headers['vary'], headers['cache-control']]).toEqual([
      'application/javascript; charset=utf-8',
      'Accept-Encoding',
      'public, max-age=31536000, immutable',
    ]);
    return [headers['content-encoding'], rawPayload];
  };
  expect(await ask('identity')).toEqual([undefined, Buffer.from('export {};')]);
  for (const taken of ['gzip, deflate', 'gzip, deflate, br']) expect(await ask(taken)).toEqual(['gzip', gzipSync('export {};')]);
});

test.each([
  ['/api/v1/nothing', 'text/html'],
  ['/mcp/a/b', 'text/html'],
  ['/.well-known/security.txt', 'text/html'],
  ['/changes/CHG-1', 'application/json'],
  ['/assets/gone.js', '*/*'],
  ['/assets/', '*/*'],
  ['/assets/.hidden.js', '*/*'],
  ['/../../etc/passwd', '*/*'],
  ['/assets/..%2f..%2fetc%2fpasswd', '*/*'],
  ['/assets/..%2findex.html', '*/*'],
])('%s (%s) is not the page', async (url, accept) => {
  const answer = await get(url, accept);
  expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([404, 'https://switchyard.dev/problems/route-not-found']);
});
