import { spawnSync } from 'node:child_process';
import { readlinkSync, writeFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { provide } from '#kernel/port.ts';
import { Unreachable } from '#kernel/outbound.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { createLab, type Lab } from '../fixtures/lab.ts';
import { createRouteHost, lacking, type RouteHost } from '../fixtures/route-host.ts';
import { exchange } from '../index.ts';
import { exchangeFabricsCreate } from '../operations/exchange.fabrics.create.ts';
import { exchangeRouteServersCreate } from '../operations/exchange.routeServers.create.ts';
import { sshLines } from '../providers/ssh/client.ts';
import { SshLines } from '../providers/ssh/port.ts';
import { exchangeRouteServersCheck } from './operations/exchange.routeServers.check.ts';
import { exchangeRouteServersConnect } from './operations/exchange.routeServers.connect.ts';
import { exchangeRouteServersSetup } from './operations/exchange.routeServers.setup.ts';
import { bundleOfFiles } from './tar.ts';

const TIMING = { armSeconds: 3, healthMs: 8_000, probeMs: 150, quietMs: 50 };
let lab: Lab;
let world: World;
let ana: Person;
const hosts = new Map<number, RouteHost>();
let rs1: RouteHost;
let rs2: RouteHost;

const check = async (id: string) => {
  const change = await world.settled(await world.accepted(exchangeRouteServersCheck, { id }, ana), ana);
  return { state: change.state, problem: (change.problem as { type?: string } | null)?.type?.split('/').at(-1), outcome: change.outcome as { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] } | null };
}; // prettier-ignore

interface Wanted {
  stdin?: Buffer;
  forward?: boolean;
}
/** As somebody would who got hold of our key: whatever they ask for, with that key. */
async function thief({ name, port }: RouteHost) {
  const client = new ssh2.Client();
  await new Promise((resolve, reject) => {
    client.once('error', reject).once('ready', () => resolve(undefined));
    client.connect({ host: '127.0.0.1', port, username: 'root', privateKey: keys.get(name)!.privateKey });
  });
  const tries = (command: string | null, { stdin, forward }: Wanted = {}): Promise<string> =>
    new Promise((resolve) => {
      if (forward) return client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error) => resolve(error ? `refused: ${error.message}` : 'opened'));
      const hear = (error: Error | undefined, channel: ssh2.ClientChannel): void => {
        if (error) return resolve(`refused: ${error.message}`);
        let said = '';
        for (const stream of [channel, channel.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
        channel.on('exit', (code: number) => (said += `[${code}]`));
        channel.on('close', () => resolve(said));
        channel.end(stdin);
      };
      return command === null ? client.shell(false, hear) : client.exec(command, hear);
    });
  return { tries, leave: () => client.end() };
} // prettier-ignore
const keys = new Map<string, { privateKey: string; publicKey: string }>();

describe.skipIf(lacking !== undefined)('route servers over SSH', () => {
  beforeAll(async () => {
    lab = createLab();
    const real = sshLines(() => ({ port }) => {
      const host = hosts.get(port);
      return host ? host.dial().catch((error: Error) => Promise.reject(new Unreachable(error.message))) : Promise.reject(new Unreachable('nobody'));
    }, TIMING);
    world = await createWorld({
      modules: [exchange],
      adapters: () => [
        // Keeps the keys that are made, so that a thief has one.
        provide(SshLines, { ...real, newKeyPair: (comment) => { const made = real.newKeyPair(comment); keys.set(comment.replace('switchyard-', ''), made); return made; } }),
      ],
    }); // prettier-ignore
    ana = world.as({ name: 'ana' });
    await world.done(exchangeFabricsCreate, { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }, ana);
    for (const [at, handle] of ['rs1', 'rs2'].entries()) {
      lab.host(handle, `2001:db8:100::${at + 1}`);
      const host = await createRouteHost(lab, handle);
      hosts.set(host.port, host);
      lab.validator(handle, []);
      await world.done(exchangeRouteServersCreate, { fabricId: 'fra', handle, name: handle, addressV6: `2001:db8:100::${at + 1}`, routerId: `192.0.2.${at + 1}`, rtrServers: [{ host: '::1', port: 8_282 }] }, ana); // prettier-ignore
      await world.done(exchangeRouteServersConnect, { id: handle, host: '127.0.0.1', port: host.port, user: 'root', hostKey: host.hostKey }, ana);
      host.setup((await world.done(exchangeRouteServersSetup, { id: handle }, ana)).content);
      await host.startSsh();
      host.startBird();
    }
    [rs1, rs2] = [...hosts.values()] as [RouteHost, RouteHost];
    await vi.waitFor(() => expect([rs1, rs2].map((host) => host.birdc('show status').includes('Daemon is up'))).toEqual([true, true]), { timeout: 10_000 });
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    for (const host of hosts.values()) host.close();
    await world?.close();
    await lab?.close();
  });

  test('a host that the script prepared passes every check; the script can be run again', async () => {
    const { content } = await world.done(exchangeRouteServersSetup, { id: 'rs1' }, ana);
    expect(content).not.toContain('PRIVATE');
    rs1.setup(content);
    expect(await check('rs1')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
    const { outcome } = await check('rs1');
    expect(outcome!.checks.map(({ name }) => name)).toEqual([
      'connection',
      'program',
      'bird',
      'version',
      'folder',
      'space',
      'configuration',
      'quiet',
    ]);
    expect(readlinkSync(rs1.at('base/current'))).toBe('generations/0');
  });

  test('exchange 69: SSH key can do nothing but the verbs: shell, port forward, scp, `stage` with `../x`, a symlink in the tar: all refused', async () => {
    const { tries, leave } = await thief(rs1);
    for (const command of ['id', 'sh', 'hello; id', 'hello\nid', 'scp -t /tmp', '/usr/bin/id', 'stage ../x 00', 'stage 1 $(id)', 'show routes ../x', 'show status', 'prune', 'arm 1'])
      expect([command, await tries(command)]).toEqual([command, expect.stringContaining('[64]')]);
    expect(await tries(null)).toContain('[64]');
    expect(await tries(null, { forward: true })).toMatch(/refused|prohibited/);
    const fine = [{ path: 'main.conf', content: 'define SY_GENERATION = 7; protocol device { }\n' }];
    const send = async (bundle: Buffer) => tries(`stage 7 ${spawnSync('sha256sum', { input: bundle, encoding: 'utf8' }).stdout.slice(0, 64)}`, { stdin: bundle });
    const tar = (script: string): Buffer => spawnSync('sh', ['-c', `d=$(mktemp -d) && cd $d && mkdir in && cd in && ${script} && cd / && rm -rf $d`]).stdout;
    expect(await send(tar('ln -s /etc/passwd main.conf && tar -cf - main.conf'))).toContain('[66]');
    expect(await send(tar('echo x > ../x && tar -P -cf - ../x'))).toContain('[66]');
    expect(await send(tar('echo x > authorized_keys && tar -cf - authorized_keys'))).toContain('[66]');
    expect(await send(tar('echo x > main.conf && echo x > manifest && tar -cf - main.conf manifest'))).toContain('[66]');
    expect(await tries(`stage 7 ${'0'.repeat(64)}`, { stdin: Buffer.from(bundleOfFiles(fine)) })).toContain('[66]');
    // And what does not parse is not taken, with the line at which it does not.
    expect(await send(Buffer.from(bundleOfFiles([{ path: 'main.conf', content: 'define SY_GENERATION = 7;\nprotocl device { }\n' }])))).toMatch(/main\.conf:2:\d+ syntax error.*\n?\[65\]/);
    expect(await tries('arm 7 30')).toContain('[66]');
    leave();
  }); // prettier-ignore

  test('exchange 68: host key changed: no command is sent, and the check says so until another key is recorded', async () => {
    const before = rs1.hostKey;
    rs1.stopSsh();
    const next = rs1.makeKey();
    await rs1.startSsh();
    expect(await check('rs1')).toMatchObject({ state: 'failed', problem: 'host-key-changed' });
    await world.done(exchangeRouteServersConnect, { id: 'rs1', host: '127.0.0.1', port: rs1.port, user: 'root', hostKey: next }, ana);
    expect(next).not.toBe(before);
    expect(await check('rs1')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
  });

  test('a server that is away, a key that it does not take and a program that is another one are told apart', async () => {
    rs2.stopSsh();
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'ssh-unreachable' });
    await rs2.startSsh();
    const line = spawnSync('cat', [rs2.at('home/.ssh/authorized_keys')], { encoding: 'utf8' }).stdout;
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), '');
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'ssh-auth-failed' });
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), line.replace(/command="[^"]*"/, 'command="/bin/echo hi"'));
    expect(await check('rs2')).toMatchObject({ state: 'failed', problem: 'helper-mismatch' });
    writeFileSync(rs2.at('home/.ssh/authorized_keys'), line);
    expect(await check('rs2')).toMatchObject({ state: 'succeeded', outcome: { ok: true } });
    expect(JSON.stringify(world.faults)).not.toContain('PRIVATE');
  });
});

test.runIf(lacking !== undefined)(`the lab of route servers over SSH is left out: ${lacking}`, () => expect(lacking).toBeTruthy());
