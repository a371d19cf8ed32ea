import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { egressFault, egressHostFault, type EgressException } from '#kernel/outbound-egress.ts';
import { pingedIn } from '#kernel/outbound-ping.ts';
import { Forbidden } from '#kernel/outbound.ts';
import { createNodeRun, faultOf, outputOf } from '#test/lone-node.ts';
import type { Json } from '../graph.ts';
import { monitoring } from '../nodes/monitoring/index.ts';
import { createEgress } from './adapter.ts';

const folder = mkdtempSync(join(tmpdir(), 'ping-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program in the place of `ping`; `$@` is what it is told. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const ICMP = { probe: 'icmp', timeoutSeconds: 1, count: 2 };
const look = async () => [{ address: '10.9.9.2', family: 4 }];

describe('what ping prints is read, whichever it is', () => {
  test.each([
    ['iputils', '2 packets transmitted, 2 received, 0% packet loss, time 202ms\nrtt min/avg/max/mdev = 0.034/0.039/0.044/0.005 ms', { sent: 2, received: 2, roundTrip: { min: 0.034, avg: 0.039, max: 0.044 } }],
    ['iputils, unreachable', '2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 202ms\n\n', { sent: 2, received: 0, roundTrip: null }],
    ['iputils, answered twice', '3 packets transmitted, 3 received, +1 duplicates, 0% packet loss, time 401ms\nrtt min/avg/max/mdev = 1/2/3/0.5 ms, pipe 2', { sent: 3, received: 3, roundTrip: { min: 1, avg: 2, max: 3 } }],
    ['BusyBox', '3 packets transmitted, 1 packets received, 66% packet loss\nround-trip min/avg/max = 0.047/0.059/0.072 ms', { sent: 3, received: 1, roundTrip: { min: 0.047, avg: 0.059, max: 0.072 } }],
    ['BSD', '3 packets transmitted, 3 packets received, 0.0% packet loss\nround-trip min/avg/max/stddev = 1.5/2.5/3.5/0.1 ms', { sent: 3, received: 3, roundTrip: { min: 1.5, avg: 2.5, max: 3.5 } }],
    ['more answers than requests', '2 packets transmitted, 5 packets received\nround-trip min/avg/max = 1/2/3 ms', { sent: 2, received: 2, roundTrip: { min: 1, avg: 2, max: 3 } }],
    ['nothing that was sent', '0 packets transmitted, 0 received, 0% packet loss', null],
    ['something else', 'PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.', null],
  ])('%s', (_name, said, found) => expect(pingedIn(`PING x\n\n--- x ping statistics ---\n${said}\n`)).toEqual(found));
}); // prettier-ignore

describe('where a ping may go', () => {
  const strict = { exceptions: [], allowPrivateTargets: false };
  const lan: EgressException = { kind: 'cidr', value: '10.20.0.0/16', ports: [] };

  test('without a port what is said of addresses counts as ever', () => {
    for (const address of ['127.0.0.1', '::1', '10.20.0.7', '169.254.169.254', 'fe80::1', '224.0.0.1', '255.255.255.255', '0.0.0.0', 'fd00::1'])
      expect(egressFault('x', address, null, strict), address).not.toBeNull();
    expect(egressFault('x', '8.8.8.8', null, strict)).toBeNull();
    expect(egressHostFault('www.example.net', null, strict)).toBeNull();
    expect(egressHostFault('db.localhost', null, strict)).toBe('it is this machine');
    expect(egressFault('x', '10.20.0.7', null, { ...strict, exceptions: [lan] })).not.toBeNull();
    expect(egressFault('x', '10.20.0.7', null, { ...strict, exceptions: [lan], openable: ['10.20.0.0/16'] })).toBeNull();
    // Broadcast and multicast make others answer: not in a laboratory either.
    for (const address of ['255.255.255.255', '224.0.0.1', 'ff02::1', '169.254.169.254'])
      expect(egressFault('x', address, null, { ...strict, allowPrivateTargets: true }), address).not.toBeNull();
  });

  test('workflows 109: nothing is started for who must not be asked, however it is written', async () => {
    const started = join(folder, 'started');
    const ping = program('told', `printf '%s\\n' "$@" > ${started}; echo '2 packets transmitted, 2 received, 0% packet loss'`);
    const leads = (address: string) => async () => [{ address, family: address.includes(':') ? 6 : 4 }];
    for (const [host, to] of [['127.0.0.1', '8.8.8.8'], ['::1', '8.8.8.8'], ['localhost', '127.0.0.1'], ['good.example', '10.9.9.2'], ['good.example', '169.254.169.254'], ['good.example', 'fd00::1'], ['0x7f.1', '127.0.0.1']] as const)
      expect(await faultOf(createNodeRun({ ping, look: leads(to) }).start(monitoring, { ...ICMP, host })), host).toMatchObject({ type: 'egress-denied', class: 'egress' });
    let denied = 0;
    const egress = createEgress({ allowPrivateTargets: false, closed: new Set(), now: () => new Date(), ping, denied: () => void (denied += 1) });
    const to = { host: '127.0.0.1', count: 1, timeoutMs: 1_000, signal: new AbortController().signal };
    await expect(egress.ping({ tenantId: 't', exceptions: null }, to)).rejects.toBeInstanceOf(Forbidden);
    expect(denied).toBe(1);
    expect(() => readFileSync(started)).toThrow('ENOENT');
  }); // prettier-ignore

  test('the program is told a number, whatever the host is called', async () => {
    const told = join(folder, 'words');
    const ping = program('words-of', `printf '%s\\n' "$@" "$LC_ALL" "$HOME$DATABASE_URL" > ${told}; echo '3 packets transmitted, 3 received, 0% packet loss'`);
    for (const host of ['-f', '; rm -rf /', '$(reboot)', '--', 'a b', '|cat']) {
      const absent = createNodeRun({ ping, look: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) });
      expect(outputOf(await absent.start(monitoring, { ...ICMP, host })), host).toMatchObject({ to: 'breached', result: { reached: false, error: expect.stringContaining('ENOTFOUND') } });
      expect(() => readFileSync(told)).toThrow('ENOENT');
    }
    for (const [address, family] of [['8.8.8.8', '-4'], ['2001:4860:4860::8888', '-6']] as const) {
      await createNodeRun({ ping, look: async () => [{ address, family: 4 }] }).start(monitoring, { probe: 'icmp', host: '-f', timeoutSeconds: 7 });
      expect(readFileSync(told, 'utf8').split('\n')).toEqual(['-n', '-q', '-c', '3', '-i', '0.2', '-W', '7', family, '--', address, 'C', '', '']);
    }
  }); // prettier-ignore
});

describe('where it cannot be asked', () => {
  const faultWith = (ping: string) => faultOf(createNodeRun({ lab: true, ping }).start(monitoring, { ...ICMP, host: '127.0.0.1' }));
  test('the error is one of the installation and says what to do', async () => {
    expect(await faultWith(join(folder, 'nothing'))).toMatchObject({ type: 'ping-unavailable', class: 'config', message: expect.stringContaining('Install iputils-ping') });
    const sysctl = { type: 'ping-unavailable', class: 'config', message: expect.stringContaining('net.ipv4.ping_group_range="0 2147483647"') };
    writeFileSync(join(folder, 'not-executable'), '#!/bin/sh\n', { mode: 0o644 });
    expect(await faultWith(join(folder, 'not-executable'))).toMatchObject(sysctl);
    for (const words of ['ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\nping: => missing cap_net_raw+p capability or setuid?', 'ping: permission denied (are you root?)', 'ping: Lacking privilege for icmp socket.'])
      expect(await faultWith(program('refused', `cat >&2 <<'END'\n${words}\nEND\nexit 2`))).toMatchObject(sysctl);
    expect(await faultWith(program('other', "echo \"ping: unrecognized option '-q'\" >&2; exit 64"))).toMatchObject({ type: 'ping-unavailable', message: expect.stringContaining('neither') });
  }); // prettier-ignore
  test('that the network has no way there is an answer', async () => {
    const ping = program('no-way', 'echo "ping: connect: Network is unreachable" >&2; exit 2');
    expect(outputOf(await createNodeRun({ lab: true, ping }).start(monitoring, { ...ICMP, host: '10.1.1.1' }))).toMatchObject({ to: 'breached', result: { reached: false, error: 'no echo: connect: Network is unreachable' } });
  }); // prettier-ignore
  test('one that does not end is ended, and told of as too late', async () => {
    const ping = program('endless', 'exec sleep 60');
    const from = performance.now();
    expect(outputOf(await createNodeRun({ lab: true, ping }).start(monitoring, { ...ICMP, host: '127.0.0.1' }))).toMatchObject({ to: 'breached', result: { reached: false, error: 'ping did not end in time' } });
    expect(performance.now() - from).toBeLessThan(20_000);
  }, 30_000); // prettier-ignore
});

const real = spawnSync('ping', ['-n', '-q', '-c', '1', '-W', '1', '-4', '--', '127.0.0.1']).status === 0;
describe.skipIf(!real)('by the ping of this machine', () => {
  const run = (config: Record<string, Json>, more = {}) => createNodeRun({ lab: true, ...more }).start(monitoring, { ...ICMP, ...config });
  test('this machine answers, in time and without loss', async () => {
    const { result, ...output } = outputOf(await run({ host: '127.0.0.1', count: 3 }));
    expect(output).toMatchObject({ to: 'ok', healthy: true });
    expect(result).toMatchObject({ reached: true, sent: 3, received: 3, lossPercent: 0 });
    const { ms, minMs, maxMs } = result as Record<'ms' | 'minMs' | 'maxMs', number>;
    expect(minMs).toBeGreaterThan(0);
    expect(minMs <= ms && ms <= maxMs && maxMs < 1_000).toBe(true);
    expect(outputOf(await run({ action: 'threshold', host: '127.0.0.1', value: 'result.ms', limit: 1_000, forSeconds: 0 }))).toMatchObject({
      to: 'ok',
    });
    expect(outputOf(await run({ host: '127.0.0.1', condition: 'result.ms > 1000.0' }))).toMatchObject({ to: 'breached' });
  });

  test('who ends the run ends the ping', async () => {
    const stop = new AbortController();
    const marked = join(folder, 'pid');
    const ping = program('slow', `echo $$ > ${marked}; exec sleep 60`);
    const going = run({ host: '127.0.0.1' }, { ping, signal: stop.signal });
    await expect.poll(() => spawnSync('cat', [marked], { encoding: 'utf8' }).stdout).toMatch(/^\d+$/m);
    stop.abort(new Error('cancelled'));
    await expect(going).rejects.toThrow('cancelled');
    const pid = readFileSync(marked, 'utf8').trim();
    await expect.poll(() => /^State:\s+[^ZX]/m.test(spawnSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }).stdout)).toBe(false);
    await expect(run({ host: '127.0.0.1' }, { signal: stop.signal })).rejects.toThrow('cancelled');
  });

  const space = `sy${process.pid}-ping`;
  const has = process.getuid?.() === 0 && spawnSync('ip', ['netns', 'add', space]).status === 0;
  afterAll(() => void (has && spawnSync('ip', ['netns', 'del', space])));
  test.skipIf(!has)('a host that swallows everything has lost it all; one that is gone is not reached', async () => {
    for (const words of ['link set lo up', 'link add hole type veth peer name nobody', 'link set nobody up', 'addr add 10.9.9.1/24 dev hole', 'link set hole up']) execFileSync('ip', ['-n', space, ...words.split(' ')]);
    const ping = program('inside', `exec ip netns exec ${space} ping "$@"`);
    expect(outputOf(await run({ host: 'hole.example' }, { ping, look }))).toMatchObject({ to: 'breached', healthy: false, result: { reached: false, sent: 2, received: 0, lossPercent: 100, ms: null } });
    // Whatever loss is borne, somebody has to answer.
    expect(outputOf(await run({ host: 'hole.example', maxLossPercent: 100 }, { ping, look }))).toMatchObject({ to: 'breached' });
    expect(outputOf(await run({ host: '10.77.0.1' }, { ping }))).toMatchObject({ to: 'breached', result: { reached: false, error: expect.stringContaining('unreachable') } });
    expect(outputOf(await run({ host: '10.9.9.1' }, { ping }))).toMatchObject({ to: 'ok', result: { received: 2 } });
  }); // prettier-ignore
});
