import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { api, ended, governed } from '../lib/api.ts';
import { formsOf, Watch, watch } from '../lib/canary.ts';
import { knotIsThere, startKnot, type Knot } from '../lib/knot.ts';
import { openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const SWITCHYARD = fileURLToPath(new URL('../../sdk/bin/switchyard.mjs', import.meta.url));
const skip = knotIsThere() ? false : 'Knot DNS is not installed';

let product: Product;
let mailbox: Mailbox;
let knot: Knot | undefined;
let [owner, approver, dana]: Login[] = [];
const streams = new AbortController();
let heard = 0;

before(async () => {
  mailbox = await openMailbox();
  product = await startProduct({ SMTP_URL: mailbox.url, SWITCHYARD_LOG_LEVEL: 'trace', SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  [owner, approver, dana] = ['owner', 'approver', 'developer'].map((role) => product.as(role)) as [Login, Login, Login];
  void listen();
});
// The search itself is in the product's end: whatever was stored below must have been seen nowhere.
after(async () => {
  streams.abort();
  try {
    await product?.close();
  } finally {
    await knot?.close();
    await mailbox?.close();
  }
});

/** Everything that is told live, as the web application hears it. */
async function listen(): Promise<void> {
  const response = await fetch(`${product.url}/api/v1/events`, { headers: { Authorization: `Bearer ${owner!.apiKey}`, Accept: 'text/event-stream' }, signal: streams.signal });
  let told = '';
  try {
    for await (const part of response.body!) {
      told = (told + Buffer.from(part).toString()).slice(-20_000);
      heard += part.length;
      watch.look('what is told live', told);
    }
  } catch (error) {
    if (!streams.signal.aborted) throw error;
  }
} // prettier-ignore

interface Ran {
  code: number;
  out: string;
  err: string;
}
/** The command line as Dana uses it; `looked`: its output must be clean. */
function cli(args: readonly string[], { stdin = '', looked = true }: { stdin?: string; looked?: boolean } = {}): Promise<Ran> {
  const env = { ...process.env, SWITCHYARD_URL: product.url, SWITCHYARD_API_KEY: dana!.apiKey, SWITCHYARD_CONFIG_DIR: join(product.home, 'cli'), NO_COLOR: '1' };
  return new Promise((done) => {
    const child = execFile(process.execPath, [SWITCHYARD, ...args], { env, timeout: 60_000 }, (error, out, err) => {
      if (looked) watch.look(`what “switchyard ${args.slice(0, 2).join(' ')}” printed`, out + err);
      done({ code: error ? Number(error.code ?? 1) : 0, out, err });
    });
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(stdin);
  });
} // prettier-ignore

void test('the search knows a value in whatever way it is written', () => {
  const own = new Watch();
  const { value, forms } = own.add();
  const core = forms[0]!;
  const written: Record<string, string> = {
    raw: value,
    'in JSON, twice': JSON.stringify(JSON.stringify(value)),
    'in a URL': encodeURIComponent(value),
    'in HTML': value.replaceAll('<', '&lt;').replaceAll('&', '&amp;'),
    'in base64': Buffer.from(value).toString('base64'),
    'in base64, behind something': Buffer.from(`user:${value}`).toString('base64'),
    'in base64url, behind something else': Buffer.from(`ab${value}`).toString('base64url'),
    'in hexadecimal': Buffer.from(value).toString('hex'),
  };
  for (const [how, text] of Object.entries(written)) assert.equal(own.look(how, `before ${text} after`), false, how);
  assert.equal(own.look('another', value.replace(core, core.split('').toReversed().join(''))), true);
  assert.equal(own.sightings.length, Object.keys(written).length);
});

void test('values come in by REST, command line and file, and go out to a program alone', { timeout: 120_000 }, async () => {
  const [byRest, byCli, byFile, variable, rotated] = Array.from({ length: 5 }, () => watch.add());
  const place = { scope: 'project', project: 'canary', environment: 'dev' };
  const made = await api(product, dana!, 'POST', '/secrets', { name: 'BY_REST', value: byRest!.value, ...place });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const created = await cli(['secrets', 'create', '--name', 'BY_CLI', '--value', '-', '--scope', 'project', '--project', 'canary', '--environment', 'dev'], { stdin: `${byCli!.value}\n` });
  assert.equal(created.code, 0, created.err);
  const file = join(product.home, 'cli', '.env');
  await mkdir(join(product.home, 'cli'), { recursive: true });
  await writeFile(file, `BY_FILE='${byFile!.value}'\n`);
  const imported = await cli(['secrets', 'import', file, '--scope', 'project', '--project', 'canary', '--environment', 'dev']);
  assert.equal(imported.code, 0, imported.err);
  await writeFile(file, '');
  const set = await api(product, dana!, 'POST', '/env-vars', { name: 'BY_VARIABLE', value: variable!.value, type: 'secret', ...place });
  assert.equal(set.status, 201, JSON.stringify(set.body));
  await api(product, dana!, 'POST', `/secrets/${made.body.id}/rotate`, { value: rotated!.value });

  const script = `process.stdout.write(JSON.stringify([process.env.BY_REST, process.env.BY_CLI, process.env.BY_FILE, process.env.BY_VARIABLE]))`;
  const ran = await cli(['run', '--project', 'canary', '--environment', 'dev', '--', process.execPath, '-e', script], { looked: false });
  assert.deepEqual([ran.code, ran.err], [0, '']);
  assert.deepEqual(JSON.parse(ran.out), [rotated!.value, byCli!.value, byFile!.value, variable!.value]);
}); // prettier-ignore

void test('a value in the wrong field is not said again by whoever refuses it', { timeout: 60_000 }, async () => {
  const stored = watch.add();
  await api(product, dana!, 'POST', '/secrets', { name: 'MISPLACED', value: stored.value });
  const wrong: [string, string, object][] = [
    ['POST', '/secrets', { name: stored.value, value: stored.value }],
    ['POST', '/secrets', { name: 'FIELD_UNKNOWN', value: stored.value, [stored.value]: 1 }],
    ['POST', '/servers', { name: stored.value, connectionId: stored.value }],
    ['POST', '/secrets/import', { content: `${stored.value}\nlower=${stored.value}\n` }],
    ['POST', '/env-vars', { name: 'NO_NUMBER', value: stored.value, type: 'number' }],
    ['POST', '/secrets/from-template', { template: 'hetzner-cloud', values: { HCLOUD_TOKEN: stored.value } }],
    ['GET', `/secrets/${encodeURIComponent(stored.value)}`, {}],
  ];
  for (const [method, path, body] of wrong) {
    const { status } = await api(product, dana!, method, path, method === 'GET' ? undefined : body, { 'X-Switchyard-Comment': encodeURIComponent(stored.value) });
    assert.ok(status >= 400 && status < 500, `${method} ${path.slice(0, 20)} answered ${status}`);
  }
}); // prettier-ignore

void test('a reference reaches the server that it is for, and stays a reference everywhere else', { skip, timeout: 120_000 }, async () => {
  knot = await startKnot('canary.test');
  watch.canaries.push({ value: knot.tsig.secret, forms: formsOf(knot.tsig.secret) });
  const stored = await api(product, owner!, 'POST', '/secrets', { name: 'DNS_KEY', value: knot.tsig.secret });
  assert.equal(stored.status, 201, JSON.stringify(stored.body));
  const config = { server: '127.0.0.1', port: knot.port, tsigName: knot.tsig.name, tsigAlgorithm: knot.tsig.algorithm, zone: knot.zone };
  const wish = { name: 'Canary', kind: 'rfc2136', config, credential: { tsigSecret: 'secret://DNS_KEY' } };
  const connection = await governed(product, owner!, approver!, 'POST', '/cloud-providers', wish);
  await governed(product, owner!, approver!, 'POST', '/dns/zones', { name: knot.zone, connectionId: connection.id });
  const { items } = (await api(product, owner!, 'GET', `/secrets/${stored.body.id}/access-log`)).body as { items: { result: string }[] };
  assert.ok(items.some(({ result }) => result === 'success'), 'the value was used'); // prettier-ignore
});

void test('an export is agreed to, mailed about and fetched, and is opaque on the way', { timeout: 120_000 }, async () => {
  const wish = { format: 'json', passphrase: watch.add().value, reason: 'The canary is to be seen nowhere', names: ['MISPLACED'] };
  const asked = await api(product, owner!, 'POST', '/secrets/export', wish);
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const { planHash } = (await api(product, approver!, 'GET', `/changes/${asked.body.change.id}`)).body;
  const agreed = await api(product, approver!, 'POST', `/changes/${asked.body.change.id}/approve`, { planHash });
  assert.equal(agreed.status, 200, JSON.stringify(agreed.body));
  const done = await ended(product, owner!, asked.body.change.id);
  assert.equal(done.state, 'succeeded', JSON.stringify(done.problem));
  const file = await fetch(`${product.url}${done.outcome.path}`, { headers: { Authorization: `Bearer ${owner!.apiKey}` } });
  const bytes = Buffer.from(await file.arrayBuffer());
  assert.deepEqual([file.status, bytes.subarray(0, 2).toString()], [200, 'PK']);
  watch.look('the exported file', bytes);
  await mailbox.read(owner!.email, /Secrets were exported/);
});

void test('an agent is told of secrets, and of no value', { timeout: 60_000 }, async () => {
  const agent = new Client({ name: 'canary', version: '1.0.0' });
  await agent.connect(new StreamableHTTPClientTransport(new URL(product.mcpUrl), { requestInit: { headers: { Authorization: `Bearer ${owner!.apiKey}` } } }));
  watch.look('the list of tools', JSON.stringify(await agent.listTools()));
  for (const [name, args] of [['secrets_list', {}], ['envVars_list', {}], ['changes_list', {}], ['audit_list', {}]] as const) {
    const said = JSON.stringify(await agent.callTool({ name, arguments: args }));
    if (name === 'secrets_list') assert.match(said, /MISPLACED/);
    watch.look(`the answer of tool ${name}`, said);
  }
  const inject = await agent.callTool({ name: 'secrets_inject', arguments: {} }).catch((error: unknown) => ({ isError: true, said: String(error) }));
  assert.equal(inject.isError, true, 'no agent is handed a value');
  await agent.close();
}); // prettier-ignore

void test('what is told live was heard', () => {
  assert.ok(heard > 0, 'nothing was told live, so the search in it proves nothing');
});
