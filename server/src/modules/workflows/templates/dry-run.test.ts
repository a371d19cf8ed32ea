import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { createApp, type App } from '../../../app.ts';
import { seedPeople } from '../../../demo-people.ts';
import { shippedTemplates } from './shipped/index.ts';

let app: App;
let home: string;
let token: string;
let sample: Record<string, unknown>;

async function done(name: string, input: object): Promise<Record<string, unknown>> {
  const operation = app.core.registry.operations.get(name)!;
  const passed = await app.core.gate.pass(operation, input, { surface: 'rest', credentials: { kind: 'bearer', token }, ip: '192.0.2.7', requestId: newId(), envelope: {} });
  if (passed.status === 'done') return passed.output as Record<string, unknown>;
  if (passed.status !== 'accepted') throw new Error(`${name} is ${passed.status}`);
  for (;;) {
    const change = await done('changes.get', { id: passed.change.id });
    if (change['state'] === 'succeeded') return change;
    if (change['endedAt'] !== null) throw new Error(`${name} ended as ${String(change['state'])}: ${JSON.stringify(change['problem'])}`);
    await new Promise((wait) => setTimeout(wait, 40));
  }
} // prettier-ignore
const firstOf = async (list: string, input: object = {}): Promise<string> => ((await done(list, input))['items'] as { id: string }[])[0]!.id;

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return String(port);
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-templates-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'), SWITCHYARD_DEMO: 'true', SWITCHYARD_RATE_LIMIT_FACTOR: '100000', SWITCHYARD_DNS_PORT: await freePort(),
  }); // prettier-ignore
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  token = (await seedPeople(app.core, [], app.iam.passwords)).find(({ email }) => email.startsWith('olivia'))!.apiKey;
  const { id: connectionId } = await done('clouds.create', { name: 'lab', kind: 'simulated' });
  const { id: names } = await done('clouds.create', { name: 'names', kind: 'embedded-dns' });
  await done('servers.create', { connectionId, name: 'web-1', region: 'sim-eu-1', size: 'std-1', image: 'debian-13' });
  await done('dns.createZone', { connectionId: names, name: 'sample.example' });
  for (const [name, value] of [
    ['ON_CALL', 'adam@acme.example'],
    ['SITE_URL', 'https://www.example.com/'],
  ])
    await done('envVars.create', { name, type: 'text', value });
  await done('secrets.create', { name: 'ALERT_SIGNING_KEY', value: 'of-the-monitoring-system' });
  const members = (await done('members.list', {}))['items'] as { id: string; name: string }[];
  const roles = (await done('roles.list', {}))['items'] as { id: string; key: string }[];
  sample = {
    name: 'www', connectionId, region: 'sim-eu-1', size: 'std-2', image: 'debian-13', serverId: await firstOf('servers.list'), labelSelector: 'role==edge', zoneId: await firstOf('dns.listZones'), type: 'A', value: '192.0.2.7',
    email: 'new@acme.example', roleId: roles.find(({ key }) => key === 'viewer')!.id, userId: members.find(({ name }) => name.startsWith('Vera'))!.id, reason: 'Left', id: 'alert-1', severity: 'critical', title: 'Disk full', body: { id: 'alert-1' },
  }; // prettier-ignore
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

test('workflows 18: Every shipped template validates without errors and runs in dry-run mode', async () => {
  const wrong: string[] = [];
  for (const { id } of shippedTemplates()) {
    const { workflow } = (await done('workflowTemplates.use', { id })) as {
      workflow: {
        id: string;
        draft: { nodes: { type: string; config: { inputSchema?: { properties: object } } }[] };
        validation: { errors: number };
      };
    };
    if (workflow.validation.errors > 0) wrong.push(`${id}: ${workflow.validation.errors} errors`);
    const asked = workflow.draft.nodes.find(({ type }) => type === 'trigger')!.config.inputSchema?.properties;
    const inputs = asked ? Object.fromEntries(Object.keys(asked).map((name) => [name, sample[name]])) : sample;
    const plan = await done('workflows.plan', { id: workflow.id, inputs, options: { version: 'draft' } });
    if (plan['status'] !== 'ready') wrong.push(`${id}: ${JSON.stringify({ status: plan['status'], error: plan['error'] })}`);
  }
  expect(wrong).toEqual([]);
});
