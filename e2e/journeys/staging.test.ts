import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startOidc, type Oidc } from '../fakes/oidc.ts';
import { startPeeringdb } from '../fakes/peeringdb.ts';
import { hostKey, startRouteServer } from '../fakes/route-server.ts';
import { api, governed } from '../lib/api.ts';
import { startCorporate } from '../lib/identity-providers.ts';
import { openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { freePort, startProduct, type Product } from '../lib/product.ts';
import { zerotierLab } from '../lib/zerotier.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SERVER = process.env['E2E_SERVER'] ?? at('server/src/main.ts');
const CLIENT = { clientId: 'switchyard-staging', clientSecret: 'the-client-secret-of-staging' };
const API_KEY = 'the-api-key-of-staging';
const ASN = 64_511;
const MAIL = 'noc@staging.test';
const NODE = 'd1d2d3d4d5';

interface Line {
  number: number;
  name: string;
  result: string;
  error?: string;
}
interface Ran {
  code: number | null;
  output: string;
  lines: Line[];
  file: string;
}

let folder: string;
let product: Product;
let mailbox: Mailbox;
let oidc: Oidc;
let corporate: Oidc;
let peeringdb: Awaited<ReturnType<typeof startPeeringdb>>;
let zerotier: Awaited<ReturnType<typeof zerotierLab>>;
let servers: Awaited<ReturnType<typeof startRouteServer>>[];
let secrets: Record<string, string>;

/** A configuration that names all sandboxes, with what is said instead. */
const configuration = (said: object = {}): object => ({
  url: product.url,
  apiKey: 'env:STAGING_API_KEY',
  approverKey: 'env:STAGING_APPROVER_KEY',
  allowPrivateTargets: true,
  asn: ASN,
  peeringdb: { issuer: oidc.issuer, clientId: CLIENT.clientId, clientSecret: 'env:STAGING_CLIENT_SECRET', apiUrl: peeringdb.url, apiKey: 'env:STAGING_PEERINGDB_KEY' },
  zerotier: { token: 'env:STAGING_ZEROTIER', network: '00c001', node: NODE },
  routeServers: [{ handle: 'staging-rs1', host: '127.0.0.1' }],
  mail: { to: MAIL },
  identityProvider: 'corporate',
  doctor: `${process.execPath} ${SERVER} doctor --json`,
  restart: { seconds: 1, perSecond: 10 },
  ...said,
}); // prettier-ignore

/** The program as an operator starts it. */
function launch(args: string[]): { child: ChildProcess; ended: Promise<number | null>; output: () => string } {
  const child = spawn(process.execPath, [at('scripts/staging.mjs'), ...args], { cwd: folder, env: { ...process.env, ...secrets, SWITCHYARD_HOME: product.home }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (printed += part.toString()));
  return { child, ended: new Promise((resolve) => child.once('close', resolve)), output: () => printed };
} // prettier-ignore

async function staging(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { ended, output } = launch(args);
  return { code: await ended, output: output() };
}

const start = (name: string, said?: object): ReturnType<typeof launch> & { file: string } => {
  const file = join(folder, `${name}.json`);
  // JSON is YAML.
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(configuration(said)));
  return { file, ...launch(['--config', join(folder, `${name}.yaml`), '--confirm', new URL(product.url).host, '--report', file]) };
};

/** A whole run; nothing that it prints or writes has one of the secrets in it. */
async function finished({ file, ended, output }: ReturnType<typeof start>): Promise<Ran> {
  const code = await ended;
  const { lines } = JSON.parse(readFileSync(file, 'utf8')) as { lines: Line[] };
  const told = output() + readFileSync(file, 'utf8') + readFileSync(file.replace(/json$/, 'md'), 'utf8');
  for (const [name, value] of Object.entries(secrets)) assert.ok(!told.includes(value), `${name} is told`);
  return { code, output: output(), lines, file };
}

const named = ({ lines }: Ran, result: string): string[] => lines.filter((line) => line.result === result).map(({ name }) => name);

/** Everything that the program makes is gone, here and at the controller. */
async function nothingIsLeft(): Promise<void> {
  const owner = product.as('owner');
  const lists = ['/exchange/participants', '/exchange/connections', '/exchange/controllers', '/exchange/members', '/secrets'];
  for (const path of lists) {
    const { items } = (await api(product, owner, 'GET', path)).body as { items: { name?: string }[] };
    assert.deepEqual(items.filter(({ name }) => name === undefined || /^staging/i.test(name)), [], path); // prettier-ignore
  }
  const { items } = (await api(product, owner, 'GET', '/exchange/fabrics')).body as { items: { slug: string }[] };
  assert.deepEqual(items.map(({ slug }) => slug), ['staging-fabric']); // prettier-ignore
  assert.equal(zerotier.controller.member('8056c2e21c00c001', NODE), undefined);
  const { body } = await api(product, owner, 'GET', '/exchange/route-servers/staging-rs1/status');
  assert.deepEqual([body.access.host, body.following.holdUntil], ['127.0.0.1', null]);
}

before(async () => {
  const port = await freePort();
  const site = `http://localhost:${port}`;
  folder = await mkdtemp(join(tmpdir(), 'staging-'));
  const people = [{ sub: '42', claims: { email: 'noc@net.test' } }];
  [mailbox, oidc, peeringdb, zerotier, servers] = await Promise.all([
    openMailbox(),
    startOidc({ shape: 'peeringdb', people, clients: [{ ...CLIENT, redirectUris: [`${site}/api/v1/auth/oauth/peeringdb/callback`] }] }),
    startPeeringdb([{ id: 7, asn: ASN, name: 'Test Network' }], { key: API_KEY }),
    zerotierLab(),
    Promise.all([startRouteServer(), startRouteServer()]),
  ]);
  product = await startProduct({
    PORT: String(port),
    SWITCHYARD_PUBLIC_URL: site,
    SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true',
    SWITCHYARD_PEERINGDB_ISSUER: oidc.issuer,
    SWITCHYARD_PEERINGDB_CLIENT_ID: CLIENT.clientId,
    SWITCHYARD_PEERINGDB_CLIENT_SECRET: CLIENT.clientSecret,
    SWITCHYARD_PEERINGDB_API_URL: peeringdb.url,
    SWITCHYARD_PEERINGDB_API_KEY: API_KEY,
    SMTP_URL: mailbox.url,
    ...zerotier.environment,
  });
  const [owner, approver] = [product.as('owner'), product.as('approver')];
  secrets = { STAGING_API_KEY: owner.apiKey, STAGING_APPROVER_KEY: approver.apiKey, STAGING_CLIENT_SECRET: CLIENT.clientSecret, STAGING_PEERINGDB_KEY: API_KEY, STAGING_ZEROTIER: zerotier.controller.own.token };
  ({ oidc: corporate } = await startCorporate(product, site));
  const say = (path: string, body: object) => governed(product, owner, approver, 'POST', path, body);
  await say('/exchange/fabrics', { slug: 'staging-fabric', name: 'Staging', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64', rpkiMode: 'monitor' });
  for (const [index, server] of servers.entries()) {
    const handle = `staging-rs${index + 1}`;
    await say('/exchange/route-servers', { fabricId: 'staging-fabric', handle, name: handle, addressV6: `2001:db8:100::${index + 1}`, routerId: `192.0.2.${index + 1}` });
    // The second one shows another host key than the one that is recorded.
    await say(`/exchange/route-servers/${handle}/connect`, { host: '127.0.0.1', port: server.port, hostKey: index === 0 ? server.hostKey : hostKey() });
  }
}); // prettier-ignore
after(async () => {
  await product?.close();
  await Promise.all([mailbox, oidc, corporate, peeringdb, zerotier, ...(servers ?? [])].map((one) => one?.close()));
  await rm(folder, { recursive: true, force: true });
});

void test('nothing is done to an installation that was not confirmed', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'other.yaml'), JSON.stringify(configuration()));
  const { code, output } = await staging('--config', 'other.yaml', '--confirm', 'production.example');
  assert.deepEqual([code, /and you confirmed production\.example/.test(output)], [1, true], output);
});

void test('each line that a program can see passes, and people answer for the rest and sign', { timeout: 120_000 }, async () => {
  const ran = await finished(start('right'));
  assert.deepEqual(named(ran, 'failed').concat(named(ran, 'skipped')), [], ran.output);
  assert.equal(ran.code, 0);
  assert.deepEqual(named(ran, 'person'), ['PeeringDB: sign-in', 'ZeroTier: a real node', 'Mail: arrives', 'Identity provider: sign-in', 'Backup', 'Restart under load']); // prettier-ignore
  assert.equal(named(ran, 'passed').length, 16, ran.output);
  assert.ok(mailbox.subjects(MAIL).length > 0, 'no mail has left');
  assert.ok(servers[0]!.loaded() >= 3, 'nothing was applied, tried again and taken back');
  await nothingIsLeft();
  const guide = readFileSync(at('docs/guides/staging.md'), 'utf8');
  for (const { name } of ran.lines) assert.ok(guide.includes(`\`${name.replace('staging-rs1', '<name>')}\``), `the guide does not tell of ${name}`);

  const sign = (...said: string[]) => staging('sign', '--report', ran.file, '--as', 'Sam Sign', ...said);
  assert.match((await sign()).output, /cannot be signed off: line \d+, "PeeringDB: sign-in": needs a person/);
  const forPeople = ran.lines.flatMap(({ number, result }) => (result === 'person' ? [number] : [])).join(',');
  assert.equal((await sign('--line', forPeople, '--result', 'passed', '--note', 'seen')).code, 0);
  assert.equal((await sign()).code, 0);
  const verified = await staging('verify', '--report', ran.file);
  assert.deepEqual([verified.code, /signed off by Sam Sign/.test(verified.output)], [0, true], verified.output);
});

void test('what is broken fails, and nothing else: a token, a host key, a client secret', { timeout: 120_000 }, async () => {
  secrets = { ...secrets, STAGING_CLIENT_SECRET: 'another-client-secret', STAGING_ZEROTIER: 'another-token-of-zerotier' };
  const broken = { routeServers: [{ handle: 'staging-rs2', host: '127.0.0.1' }], doctor: `${process.execPath} -e process.exit(3)` };
  const ran = await finished(start('broken', broken));
  assert.equal(ran.code, 1);
  assert.deepEqual(named(ran, 'failed'), ['PeeringDB: client', 'ZeroTier: preflight', 'Route server staging-rs2: check', 'Doctor'], ran.output);
  const why = Object.fromEntries(ran.lines.map(({ name, error }) => [name, error]));
  assert.match(why['PeeringDB: client']!, /invalid_client/);
  assert.match(why['ZeroTier: preflight']!, /controller-auth-failed/);
  assert.match(why['Route server staging-rs2: check']!, /host-key-changed/);
  assert.match(why['Doctor']!, /ended with code 3/);
  const below = (name: string, ...parts: string[]): string[] => parts.map((part) => `${name}: ${part}`);
  assert.deepEqual(named(ran, 'skipped'), [...below('ZeroTier', 'network', 'member'), ...below('Route server staging-rs2', 'apply', 'failure, and again', 'back')]); // prettier-ignore
  assert.equal(ran.lines.at(-1)!.result, 'passed', 'what was made is taken away');
  await nothingIsLeft();
});

void test('whoever stops it in the midst of it is left with nothing, and with a report that says so', { timeout: 120_000 }, async () => {
  secrets = { ...secrets, STAGING_ZEROTIER: zerotier.controller.own.token };
  const run = start('stopped');
  while (!run.output().includes('ZeroTier: network')) await new Promise((resolve) => setTimeout(resolve, 50));
  run.child.kill('SIGINT');
  const ran = await finished(run);
  assert.equal(ran.code, 130, ran.output);
  assert.ok(named(ran, 'skipped').includes('Route server staging-rs1: check'), ran.output);
  assert.deepEqual([ran.lines.at(-1)!.name, ran.lines.at(-1)!.result], ['Nothing is left', 'passed'], ran.output);
  await nothingIsLeft();
  assert.equal(spawnSync('pgrep', ['-f', run.file]).stdout.toString(), '', 'a process is left');
});
