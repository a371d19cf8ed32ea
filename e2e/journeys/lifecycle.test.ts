import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { api, ended } from '../lib/api.ts';
import { startProduct, type Product } from '../lib/product.ts';
import { cheapest } from '../drivers/mcp.ts';

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

let product: Product;
before(async () => {
  product = await startProduct({ SWITCHYARD_DRAIN_SECONDS: '20' });
});
after(() => product?.close());

/** Starts the server in a way that it must refuse; answers its exit code and what it said. */
async function refused(environment: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [MAIN, 'all'], {
    env: { ...process.env, SWITCHYARD_HOME: product.home, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said };
}

async function askForServer(name: string, headers: Record<string, string> = {}) {
  const developer = product.as('developer');
  const { body: clouds } = await api(product, developer, 'GET', '/cloud-providers');
  const { id } = (clouds.items as { id: string; kind: string }[]).find(({ kind }) => kind === 'simulated')!;
  const { body: catalog } = await api(product, developer, 'GET', `/cloud-providers/${id}/catalog`);
  return api(product, developer, 'POST', '/servers', { connectionId: id, name, environment: 'lab', ...cheapest(catalog) }, headers);
}

void test('the demo logins are in a file that only its owner can read, and they work', async () => {
  const { mode } = await stat(join(product.home, 'demo.json'));
  assert.equal(mode & 0o777, 0o600);
  for (const login of product.logins()) {
    const { status, body } = await api(product, login, 'GET', '/me');
    assert.equal(status, 200);
    assert.equal(body.tenant.slug, login.tenant);
    const signedIn = await fetch(`${product.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: login.email, password: login.password }),
    });
    assert.equal(signedIn.status, 200);
    assert.match(signedIn.headers.get('set-cookie')!, /HttpOnly.*SameSite=Lax/i);
  }
});

void test('what cannot work is said in one clear line, with what to do', async () => {
  const { port } = new URL(product.url);
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: port }, new RegExp(`switchyard: .*${port}`)],
    [{ PORT: '0', DATABASE_URL: 'postgres://nobody:pass-canary@127.0.0.1:1/none' }, /switchyard: .*127\.0\.0\.1/],
    [{ PORT: '0', DATABASE_URL: 'mysql://x/y' }, /DATABASE_URL/],
    [{ SWITCHYARD_PROT: '1' }, /SWITCHYARD_PROT: there is no such setting/],
  ];
  for (const [environment, expected] of cases) {
    const { code, said } = await refused(environment);
    assert.equal(code, 1, said);
    assert.match(said, expected);
    assert.doesNotMatch(said, /pass-canary|\n {4}at /, 'neither a secret nor a stack');
  }
});

void test(
  'SIGTERM: a request in flight is answered, what it started is left to another process, and the exit code is 0',
  { timeout: 120_000 },
  async () => {
    const inFlight = askForServer('drained', { Prefer: 'wait=4' });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const stopped = product.stop('SIGTERM');
    const answer = await inFlight;
    assert.ok([200, 202].includes(answer.status), JSON.stringify(answer.body));
    await assert.rejects(
      fetch(`${product.url}/api/v1/me`).then((late) => assert.equal(late.status, 200)),
      'no new calls',
    );
    assert.equal(await stopped, 0);

    await product.start();
    const done = await ended(product, product.as('developer'), answer.body.change.id);
    assert.equal(done.state, 'succeeded');
    const { body } = await api(product, product.as('developer'), 'GET', '/servers?q=drained');
    assert.equal(body.items.length, 1);
  },
);

void test('kill -9 in the middle of a job and a restart lose nothing and do nothing twice', { timeout: 120_000 }, async () => {
  const answer = await askForServer('killed', { 'Idempotency-Key': 'kill-9' });
  assert.equal(answer.status, 202);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await product.stop('SIGKILL');
  await product.start();

  const again = await askForServer('killed', { 'Idempotency-Key': 'kill-9' });
  assert.equal(again.body.change.id, answer.body.change.id, 'the repeated request finds the first one');
  const done = await ended(product, product.as('developer'), answer.body.change.id);
  assert.equal(done.state, 'succeeded');
  const { body } = await api(product, product.as('developer'), 'GET', '/servers?q=killed');
  assert.deepEqual((body.items as { status: string }[]).map(({ status }) => status), ['running']); // prettier-ignore
  const { body: trail } = await api(product, product.as('auditor'), 'GET', `/audit/entries?changeId=${answer.body.change.id}`);
  assert.deepEqual((trail.items as { result: string }[]).map(({ result }) => result).sort(), ['pending', 'success']); // prettier-ignore
});
