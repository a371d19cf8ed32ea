import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { exchangeConnectionsGet } from '#modules/exchange/operations/exchange.connections.get.ts';
import { exchangeRouteServersCreate } from '#modules/exchange/operations/exchange.routeServers.create.ts';
import { SshLines } from '#modules/exchange/providers/ssh/port.ts';
import { exchangeRouteServersConnect } from '#modules/exchange/ssh/operations/exchange.routeServers.connect.ts';
import type { Json } from '#modules/workflows/graph.ts';
import type { CallOutcome } from '#modules/workflows/nodes/declare.ts';
import { monitoring } from '#modules/workflows/nodes/monitoring/index.ts';
import { joiningLab, type Request } from './joining.ts';
import { createNodeRun, faultOf, outputOf } from './lone-node.ts';
import type { Person } from './world.ts';

/** Route servers that say what BIRD said once, by port: the session of this name is that of the port that was asked for. */
const SAID = readFileSync(new URL('../src/modules/exchange/looking/fixtures/protocols.txt', import.meta.url), 'utf8');
const GOLDEN = 'sy_as20001_3f2a9c';
let own = GOLDEN;
let silent: Set<number>;
let changed: Map<number, (said: string) => string>;
const HELLO = JSON.stringify({ version: 1, bird: '2.0.12', generation: 1, current: 1, pending: false, undoIn: null, writable: true, freeKb: 4_000_000, files: {} }); // prettier-ignore
const lines: SshLines = {
  timing: { armSeconds: 1, healthMs: 1, probeMs: 1, quietMs: 1, drainMs: 1, backMs: 1 },
  newKeyPair: async (comment) => ({ privateKey: 'PRIVATE KEY OF A ROUTE SERVER', publicKey: `ssh-ed25519 AAAA ${comment}` }),
  async open(_tenantId, { port }) {
    if (silent.has(port)) throw new Problem('ssh-unreachable', 'It cannot be reached.');
    const said = (changed.get(port) ?? String)(SAID.replaceAll(GOLDEN, own));
    return { close: () => undefined, run: async (command) => ({ code: 0, stdout: command.startsWith('show') ? said : HELLO, stderr: '' }) };
  },
};

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
const { world, ana, peer, fabric, ask, approve, shown, close } = await joiningLab([provide(SshLines, lines)]);
afterAll(close);
silent = new Set();
changed = new Map();
const petra = await peer('petra', 'peeringdb', [20_001]);
const stranger = world.as({ name: 'stranger', permissions: ['workflows:read'] });
await fabric('fra', 1, { access: 'open' });
for (const [at, handle] of ['rs1', 'rs2'].entries()) {
  await world.done(exchangeRouteServersCreate, { fabricId: 'fra', handle, name: `Server ${handle}`, addressV6: `2001:db8:51::${at + 1}`, routerId: `192.0.2.${at + 1}`, rtrServers: [{ host: '::1', port: 8_282 }] }, ana); // prettier-ignore
  await world.done(exchangeRouteServersConnect, { id: handle, host: 'rs.example.net', port: 2_200 + at, user: 'switchyard', hostKey: HOST_KEY }, ana);
}
const made = await ask(petra, 'fra', 20_001);
await approve(made);
const port: Request = await shown(made);
own = `sy_as20001_${(await world.done(exchangeConnectionsGet, { id: port.connectionId! }, ana)).tag}`;
const forget = () => world.databases.lookUp((db) => db.$client.query('delete from resource_cache'));
beforeEach(async () => {
  silent = new Set();
  changed = new Map();
  await forget();
});

/** The node asks the Operations themselves, as this person. */
const answers =
  (who: Person) =>
  async (name: string, input: Record<string, unknown>): Promise<CallOutcome> => {
    const operation = world.registry.operations.get(name)!;
    try {
      return { status: 'done', output: (await world.done(operation, input, who)) as Json, changeId: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: 'refused', problem: { slug: error.slug, status: error.kind.status, detail: error.message } };
    }
  };
const look = (config: Record<string, Json>, who: Person = petra) =>
  createNodeRun({ call: answers(who) }).start(monitoring, { action: 'check', probe: 'bgp', ...config });
const down = (said: string): string => said.replace(/(sy_as20001\S+ BGP +--- +)up( +\S+ \S+ +)Established/, '$1start$2Active').replace('BGP state:          Established', 'BGP state:          Active'); // prettier-ignore

describe('workflows 32: monitoring looks at BGP sessions through the exchange, as the principal sees them', () => {
  test('a port is well while all of its sessions are Established on every route server', async () => {
    const { result, ...output } = outputOf(await look({ id: port.id }));
    expect(output).toMatchObject({ to: 'ok', healthy: true });
    expect(result).toMatchObject({ reached: true, established: 2, total: 2, faults: [], oldestSeconds: expect.any(Number) });
    const { sessions } = result as { sessions: Record<string, Json>[] };
    expect(sessions.map(({ routeServer, protocol, established }) => [routeServer, protocol, established])).toEqual([['rs1', own, true], ['rs2', own, true]]); // prettier-ignore
    expect(sessions[0]).toMatchObject({ bgpState: 'Established', neighborAs: 20_001, stale: false, families: expect.arrayContaining([{ family: 'ipv6', state: 'UP' }]) }); // prettier-ignore
    changed = new Map([[2_201, down]]);
    await forget();
    expect(outputOf(await look({ id: port.id }))).toMatchObject({ to: 'breached', result: { established: 1, total: 2, sessions: [{}, { bgpState: 'Active', established: false }] } }); // prettier-ignore
    expect(outputOf(await look({ id: port.id, routeServer: 'rs1' }))).toMatchObject({ to: 'ok', result: { total: 1 } });
    expect(outputOf(await look({ id: port.id, condition: 'result.established >= 1' }))).toMatchObject({ to: 'ok' });
  });

  test('a family is looked at alone; one that the session does not carry now is not well', async () => {
    changed = new Map([[2_200, (said: string) => said.replace(/(Channel ipv4\n +State: +)UP/, '$1DOWN')]]);
    expect(outputOf(await look({ id: port.id, routeServer: 'rs1', family: 'ipv6' }))).toMatchObject({ to: 'ok' });
    expect(outputOf(await look({ id: port.id, routeServer: 'rs1', family: 'ipv4' }))).toMatchObject({ to: 'breached', result: { established: 0, total: 1, sessions: [{ bgpState: 'Established', families: [{ family: 'ipv4', state: 'DOWN' }] }] } }); // prettier-ignore
  });

  test('what nobody says now is not well, and how old it is stands in it', async () => {
    await look({ id: port.id });
    await world.databases.lookUp((db) => db.$client.query(`update resource_cache set read_at = read_at - interval '10 minutes', fresh_until = fresh_until - interval '10 minutes'`)); // prettier-ignore
    silent = new Set([2_201]);
    expect(outputOf(await look({ id: port.id }))).toMatchObject({ to: 'breached', result: { reached: true, established: 2, total: 2, faults: [expect.stringMatching(/^rs2 does not answer now; what is known of it is 60\d s old$/)] } }); // prettier-ignore
    await forget();
    expect(outputOf(await look({ id: port.id }))).toMatchObject({ to: 'breached', result: { total: 1, faults: ['rs2: It cannot be reached.'] } });
    silent = new Set([2_200, 2_201]);
    await forget();
    expect(outputOf(await look({ id: port.id }))).toMatchObject({ to: 'breached', result: { reached: false } });
    expect(outputOf(await look({ routeServer: 'rs1' }, ana))).toMatchObject({ to: 'breached', result: { reached: false, error: 'It cannot be reached.' } }); // prettier-ignore
  });

  test('a whole route server, and one network on it, for who may look through it', async () => {
    expect(outputOf(await look({ routeServer: 'rs1' }, ana))).toMatchObject({ to: 'breached', result: { established: 2, total: 3 } });
    expect(outputOf(await look({ action: 'query', routeServer: 'rs1', asn: 20_002 }, ana))).toMatchObject({ to: 'ok', result: { total: 1, sessions: [{ neighborAs: 20_002 }] } }); // prettier-ignore
    expect(outputOf(await look({ routeServer: 'rs1', asn: 65_000 }, ana))).toMatchObject({ to: 'breached', result: { reached: true, total: 0 } });
  });

  test('what is not there for the principal is not reached; who may not look is refused', async () => {
    expect(outputOf(await look({ id: port.id, routeServer: 'rs9' }))).toMatchObject({ to: 'breached', result: { reached: false, error: expect.stringContaining('"rs9"') } }); // prettier-ignore
    expect(outputOf(await look({ id: port.id }, ana))).toMatchObject({ to: 'breached', result: { reached: false } });
    expect(await faultOf(look({ id: port.id }, stranger))).toMatchObject({ type: 'permission-denied', class: 'permission' });
    expect(await faultOf(look({}))).toMatchObject({ type: 'node-config-invalid' });
    expect(monitoring.check!({ probe: 'bgp' })).toMatchObject([{ pointer: '/id' }]);
    expect(monitoring.check!({ probe: 'bgp', routeServer: 'rs1' })).toEqual([]);
  });
});
