import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../cli.ts';
import { shortDiff } from './lines.ts';

const FILE = 'switchyard: workflow/1\nname: Order servers\nnodes: []\n';
const ID = '0197a1b2-0000-7000-8000-000000000001';
let home = '';
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'switchyard-workflows-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const asked: { path: string; body: unknown; ifMatch: string | null }[] = [];
let answers: Record<string, object | string>;
beforeEach(() => {
  asked.length = 0;
  answers = {
    'GET /workflows': { items: [{ id: ID, slug: 'order-servers', name: 'Order servers', revision: 7 }], nextCursor: null },
    [`GET /workflows/${ID}/export`]: FILE,
  };
});

/** Runs a command against answers that are given beforehand. */
async function cli(...argv: string[]) {
  const said = { out: '', err: '' };
  const into = (which: keyof typeof said) => new Writable({ write: (chunk: Buffer, _encoding, done) => ((said[which] += chunk.toString()), done()) });
  const fetch = async (address: string | URL | Request, { method = 'GET', body, headers }: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(String(address));
    const path = `${method} ${pathname.replace('/api/v1', '')}`;
    asked.push({ path, body: typeof body === 'string' ? JSON.parse(body) : undefined, ifMatch: new Headers(headers).get('if-match') });
    const answer = answers[path];
    if (typeof answer === 'string')
      return new Response(answer, { headers: { 'content-disposition': 'attachment', 'content-type': 'application/yaml' } });
    return Response.json(answer ?? { type: 'https://switchyard.dev/problems/not-found', title: 'None' }, { status: answer ? 200 : 404 });
  };
  const code = await main(argv, {
    stdout: into('out'), stderr: into('err'), fetch, env: { SWITCHYARD_URL: 'http://127.0.0.1:1', SWITCHYARD_API_KEY: 'sy_test', SWITCHYARD_CONFIG_DIR: home, NO_COLOR: '1' },
  }); // prettier-ignore
  return { code, ...said };
}
const inHome = (name: string, text: string): string => (writeFileSync(join(home, name), text), join(home, name));

test('a workflow is written to a file that is called by its slug', async () => {
  expect(await cli('workflows', 'pull', 'order-servers', '--dir', join(home, 'kept'))).toMatchObject({ code: 0 });
  expect(readFileSync(join(home, 'kept', 'order-servers.yaml'), 'utf8')).toBe(FILE);
  expect((await cli('workflows', 'pull')).code).toBe(2);
  expect((await cli('workflows', 'pull', 'nobody')).err).toContain('there is no workflow "nobody"');
});

test('a file goes into the workflow it is called by, or becomes a new one, and is published when asked for', async () => {
  answers['POST /workflows/import'] = {
    workflow: { id: ID, slug: 'order-servers' },
    findings: [{ severity: 'warning', rule: 'V11', nodeKey: 'ask', message: 'dropped' }],
  };
  answers[`POST /workflows/${ID}/versions`] = { number: 4 };
  const pushed = await cli('workflows', 'push', inHome('order-servers.yaml', FILE), '--publish');
  expect(pushed).toMatchObject({ code: 0 });
  expect(pushed.out).toMatch(/warning V11 ask: dropped\n.*version 4 is active/s);
  expect(asked.find(({ path }) => path === 'POST /workflows/import')!.body).toEqual({ id: ID, content: FILE });
  await cli('workflows', 'push', inHome('fresh.yaml', FILE));
  expect(asked.at(-1)!.body).toEqual({ content: FILE });
  answers[`POST /workflows/${ID}/versions`] = { change: { number: 'CHG-7' } };
  expect(await cli('workflows', 'push', join(home, 'order-servers.yaml'), '--publish')).toMatchObject({
    code: 3,
    out: expect.stringContaining('CHG-7 waits') as string,
  });
});

test('a file goes over the revision that it was pulled from, and over what somebody else made of it only when that is said', async () => {
  const dir = join(home, 'based');
  const file = join(dir, 'order-servers.yaml');
  const said = async (...more: string[]) => (await cli('workflows', 'push', file, ...more), asked.findLast(({ path }) => path === 'POST /workflows/import')!.ifMatch);
  await cli('workflows', 'pull', 'order-servers', '--dir', dir);
  const at = (revision: number) => (answers['GET /workflows'] = { items: [{ id: ID, slug: 'order-servers', name: 'Order servers', revision }], nextCursor: null });
  at(9);
  expect(await said()).toBe('"7"');
  expect(await said('--force')).toBeNull();
  answers['POST /workflows/import'] = { workflow: { id: ID, slug: 'order-servers', revision: 10 }, findings: [] };
  await said('--force');
  expect(await said()).toBe('"10"');
  // What was never pulled is at least not overtaken while it is sent.
  expect((await cli('workflows', 'push', inHome('order-servers.yaml', FILE)), asked.at(-1)!.ifMatch)).toBe('"9"');
  writeFileSync(join(dir, '.switchyard-pulled.json'), '{');
  expect((await cli('workflows', 'push', file)).err).toContain('pull again');
}); // prettier-ignore

test('what a file would change is told by line, and whether it is valid, without changing anything', async () => {
  expect(await cli('workflows', 'diff', inHome('order-servers.yaml', FILE))).toMatchObject({ code: 0, out: '' });
  expect(await cli('workflows', 'diff', inHome('order-servers.yaml', FILE.replace('Order', 'Rent')))).toMatchObject({
    code: 1,
    out: expect.stringContaining('-name: Order servers\n+name: Rent servers') as string,
  });
  const facts = { valid: false, findings: [{ severity: 'error', rule: 'V01', message: 'no trigger' }] };
  answers['POST /workflows/import'] = { plan: { summary: 'Replace the draft', facts } };
  expect(await cli('workflows', 'validate', join(home, 'order-servers.yaml'))).toMatchObject({
    code: 1,
    out: expect.stringContaining('error V01: no trigger') as string,
  });
  expect((await cli('workflows', 'push', join(home, 'order-servers.yaml'), '--dry-run')).out).toContain('Replace the draft');
});

test('a workflow is run by its slug, and the exit code says how it ended', async () => {
  const ended = (status: string) => (answers[`POST /workflows/${ID}/execute`] = { execution: { id: ID, status }, done: true, outputs: { n: 1 } });
  ended('completed');
  expect(await cli('workflows', 'run', 'order-servers', '--input', '{"size":"small"}')).toMatchObject({
    code: 0,
    out: expect.stringContaining('"n": 1') as string,
  });
  expect(asked.at(-1)!.body).toEqual({ inputs: { size: 'small' }, options: { async: false } });
  ended('failed');
  expect((await cli('workflows', 'run', ID, '--version', 'draft')).code).toBe(4);
  expect((await cli('workflows', 'run', 'order-servers', '--input', '{')).code).toBe(2);
});

test('lines that both have are told only beside what differs', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  expect(shortDiff(lines.join('\n'), lines.with(10, 'other').join('\n'))).toEqual([
    ...[7, 8, 9].map((at) => ` line ${at}`), '-line 10', '+other', ...[11, 12, 13].map((at) => ` line ${at}`), '@@',
  ]); // prettier-ignore
});
