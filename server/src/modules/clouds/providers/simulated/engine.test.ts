import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SimulatorSettings, type Fault } from '../../simulator.ts';
import type { Accepted, ServerSpec } from '../port.ts';
import { edit } from './actor.ts';
import { handle, type Answers, type Reply, type Request } from './engine.ts';
import { initialState, type CloudState } from './state.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
const MARK = { id: '01990000-0000-7000-8000-000000000001', change: 'c1' };
const spec = (name: string, more: Partial<ServerSpec> = {}): ServerSpec => ({
  name,
  region: 'sim-eu-1',
  size: 'std-1',
  image: 'debian-13',
  labels: {},
  protection: { delete: false },
  start: true,
  ...more,
});

/** A cloud with its own time, for reading like a script. */
function cloud(settings: Partial<SimulatorSettings> = {}, faults: Partial<Fault>[] = []) {
  let state: CloudState = initialState(SimulatorSettings.parse({ seed: 'test', ...settings }), START);
  state.control.faults = faults.map((fault) => ({ operation: '*', kind: 'throttle', seen: 0, struck: 0, ...fault }));
  let now = START;
  const reply = (request: Request): Reply => {
    const after = handle(state, request, now);
    state = after.state;
    return after.reply;
  };
  return {
    reply,
    wait: (seconds: number) => void (now += seconds * 1_000),
    ask: <M extends Request['method']>(request: Extract<Request, { method: M }>): Answers[M] => {
      const got = reply(request);
      if (got.kind !== 'answer') throw new Error(JSON.stringify(got));
      return got.value as Answers[M];
    },
    create: (name: string, more: Partial<ServerSpec> = {}): Accepted => {
      const got = reply({ method: 'create', spec: spec(name, more), mark: MARK });
      if (got.kind !== 'answer') throw new Error(JSON.stringify(got));
      return got.value as Accepted;
    },
    get state() {
      return state;
    },
    get now() {
      return now;
    },
  };
}
const refusal = (reply: Reply): string => (reply.kind === 'refusal' ? `${reply.class}/${reply.code}` : reply.kind);

describe('the simulated cloud', () => {
  test('a creation is accepted at once, runs for four to nine seconds, and then the server runs', () => {
    const sim = cloud();
    const { externalId, action } = sim.create('web-1');
    expect(sim.ask({ method: 'get', id: externalId })?.status).toBe('creating');
    sim.wait(3.9);
    expect(sim.ask({ method: 'poll', tokens: [action!] })[0]).toMatchObject({ status: 'running' });
    sim.wait(5.2);
    expect(sim.ask({ method: 'poll', tokens: [action!] })[0]).toEqual({ token: action, status: 'succeeded' });
    expect(sim.ask({ method: 'get', id: externalId })).toMatchObject({ status: 'running', name: 'web-1', mark: MARK, labels: {}, diskGb: 20 });
  });

  test('it is locked while an action runs', () => {
    const sim = cloud();
    const { externalId: id } = sim.create('web-1');
    expect(refusal(sim.reply({ method: 'power', id, action: 'reboot' }))).toBe('locked/locked');
    expect(refusal(sim.reply({ method: 'delete', id }))).toBe('locked/locked');
  });

  test('names are unique, protected servers stay, and a size is changed only while the server is off', () => {
    const sim = cloud();
    const { externalId: id } = sim.create('web-1', { protection: { delete: true } });
    sim.wait(10);
    expect(refusal(sim.reply({ method: 'create', spec: spec('web-1'), mark: MARK }))).toBe('conflict/uniqueness_error');
    expect(refusal(sim.reply({ method: 'delete', id }))).toBe('protected/protected');
    expect(refusal(sim.reply({ method: 'resize', id, size: 'std-2', growDisk: true }))).toBe('state/server_not_stopped');
    sim.ask({ method: 'power', id, action: 'poweroff' });
    sim.wait(5);
    sim.ask({ method: 'resize', id, size: 'std-2', growDisk: true });
    sim.wait(16);
    expect(sim.ask({ method: 'get', id })).toMatchObject({ size: 'std-2', diskGb: 40, status: 'stopped' });
    expect(refusal(sim.reply({ method: 'resize', id, size: 'std-1', growDisk: true }))).toBe('invalid/invalid_server_type');
    sim.ask({ method: 'protect', id, on: false });
    sim.ask({ method: 'delete', id });
    sim.wait(4);
    expect(sim.ask({ method: 'get', id })).toBeNull();
  });

  test('without growing the disk the way back down stays open', () => {
    const sim = cloud();
    const { externalId: id } = sim.create('web-1', { start: false });
    sim.wait(10);
    sim.ask({ method: 'resize', id, size: 'std-4', growDisk: false });
    sim.wait(16);
    expect(sim.ask({ method: 'get', id })).toMatchObject({ size: 'std-4', diskGb: 20 });
    sim.ask({ method: 'resize', id, size: 'std-1', growDisk: false });
  });

  test('the success of a shutdown means that the signal was sent; the guest is off a little later, a stubborn one never', () => {
    const sim = cloud();
    const { externalId: id } = sim.create('web-1');
    sim.wait(10);
    const { action } = sim.ask({ method: 'power', id, action: 'shutdown' });
    sim.wait(1);
    expect(sim.ask({ method: 'poll', tokens: [action!] })[0]).toMatchObject({ status: 'succeeded' });
    expect(sim.ask({ method: 'get', id })?.status).toBe('stopping');
    sim.wait(4);
    expect(sim.ask({ method: 'get', id })?.status).toBe('stopped');
    sim.ask({ method: 'power', id, action: 'start' });
    sim.wait(5);
    edit({ state: sim.state, now: sim.now, faults: new Set() }, { act: 'edit', server: id, ignoresShutdown: true });
    sim.ask({ method: 'power', id, action: 'shutdown' });
    sim.wait(600);
    expect(sim.ask({ method: 'get', id })?.status).toBe('running');
  });

  test('fifty servers are all it gives, and 200 vCPU', () => {
    const sim = cloud();
    for (let i = 0; i < 50; i += 1) sim.create(`web-${i}`);
    expect(refusal(sim.reply({ method: 'create', spec: spec('web-50'), mark: MARK }))).toBe('quota/resource_limit_exceeded');
    const large = cloud();
    for (let i = 0; i < 6; i += 1) large.create(`db-${i}`, { size: 'std-32' });
    expect(refusal(large.reply({ method: 'create', spec: spec('db-6', { size: 'std-32' }), mark: MARK }))).toBe('quota/resource_limit_exceeded');
  });

  test('after 3,600 calls within the hour it throttles, and says when to come back', () => {
    const sim = cloud();
    for (let i = 0; i < 3_600; i += 1) sim.reply({ method: 'identify' });
    expect(sim.reply({ method: 'identify' })).toMatchObject({
      kind: 'refusal',
      class: 'rate',
      retryAfterSeconds: 1,
      rate: { limit: 3_600, left: 0 },
    });
    sim.wait(2);
    expect(sim.reply({ method: 'identify' })).toMatchObject({ kind: 'answer' });
  });

  test('an image for another processor, an unknown size and a region without the size are refused', () => {
    const sim = cloud();
    const refused = (more: Partial<ServerSpec>): string => refusal(sim.reply({ method: 'create', spec: spec('x', more), mark: MARK }));
    expect(refused({ size: 'arm-2' })).toBe('invalid/invalid_input');
    expect(refused({ size: 'huge' })).toBe('invalid/invalid_server_type');
    expect(refused({ size: 'std-32', region: 'sim-eu-2' })).toBe('invalid/invalid_input');
    expect(refused({ image: 'debian-9' })).toBe('invalid/invalid_input');
    sim.wait(41 * 86_400);
    expect(refused({ image: 'debian-12' })).toBe('invalid/deprecated');
  });

  test('with a consistency lag a new server is missing from lists at first, but can be got by id', () => {
    const sim = cloud({ lagSeconds: 5 });
    const { externalId } = sim.create('web-1');
    expect(sim.ask({ method: 'list', page: null }).items).toEqual([]);
    expect(sim.ask({ method: 'get', id: externalId })).not.toBeNull();
    sim.wait(5);
    expect(sim.ask({ method: 'list', page: null }).items).toHaveLength(1);
  });
});

describe('faults of the simulated cloud', () => {
  test('a lost answer leaves what it made', () => {
    const sim = cloud({}, [{ operation: 'create', kind: 'lost-answer', count: 1 }]);
    expect(sim.reply({ method: 'create', spec: spec('web-1'), mark: MARK }).kind).toBe('lost');
    expect(sim.ask({ method: 'find', mark: MARK.id })).toHaveLength(1);
  });

  test('a reset before leaves nothing', () => {
    const sim = cloud({}, [{ operation: 'create', kind: 'reset-before', count: 1 }]);
    expect(sim.reply({ method: 'create', spec: spec('web-1'), mark: MARK }).kind).toBe('lost');
    expect(sim.ask({ method: 'find', mark: MARK.id })).toEqual([]);
    sim.create('web-1');
  });

  test('the n-th call alone is struck', () => {
    const sim = cloud({}, [{ operation: 'identify', kind: 'server-error', nth: 2 }]);
    expect([1, 2, 3].map(() => sim.reply({ method: 'identify' }).kind)).toEqual(['answer', 'refusal', 'answer']);
  });

  test('a stuck action never ends, a failing one leaves the server as it was', () => {
    const sim = cloud();
    const { externalId: id } = sim.create('web-1');
    sim.wait(10);
    sim.state.control.faults = [{ operation: 'power', kind: 'failing-action', count: 1, seen: 0, struck: 0 }];
    const { action } = sim.ask({ method: 'power', id, action: 'poweroff' });
    sim.wait(10);
    expect(sim.ask({ method: 'poll', tokens: [action!] })[0]).toMatchObject({ status: 'failed' });
    expect(sim.ask({ method: 'get', id })?.status).toBe('running');
    sim.state.control.faults = [{ operation: 'power', kind: 'stuck-action', count: 1, seen: 0, struck: 0 }];
    const stuck = sim.ask({ method: 'power', id, action: 'reboot' });
    sim.wait(86_400);
    expect(sim.ask({ method: 'poll', tokens: [stuck.action!] })[0]).toMatchObject({ status: 'running' });
  });

  test('half a list and a shifted page', () => {
    const sim = cloud({}, [{ operation: 'list', kind: 'partial-list', nth: 1 }]);
    for (let i = 0; i < 4; i += 1) sim.create(`web-${i}`);
    expect(sim.ask({ method: 'list', page: null }).items).toHaveLength(2);
    expect(sim.ask({ method: 'list', page: null }).items).toHaveLength(4);
  });

  test('the same seed and calls give the same cloud, another seed another one', () => {
    const calls = fc.array(
      fc.oneof(
        fc.record({ method: fc.constant('create' as const), n: fc.nat(9) }),
        fc.record({ method: fc.constant('wait' as const), n: fc.nat(12) }),
        fc.record({ method: fc.constant('delete' as const), n: fc.nat(9) }),
      ),
      { maxLength: 30 },
    );
    const play = (seed: string, script: { method: string; n: number }[]): CloudState => {
      const sim = cloud({ seed }, [{ operation: '*', kind: 'lost-answer', probability: 0.2 }]);
      for (const { method, n } of script) {
        if (method === 'create') sim.reply({ method, spec: spec(`web-${n}`), mark: MARK });
        else if (method === 'delete') sim.reply({ method, id: sim.state.world.servers[n]?.id ?? 'none' });
        else sim.wait(n);
      }
      return sim.state;
    };
    fc.assert(
      fc.property(calls, (script) => {
        expect(play('a', script)).toEqual(play('a', script));
      }),
      { numRuns: 50 },
    );
    expect(cloud({ seed: 'a' }).create('x').externalId).not.toBe(cloud({ seed: 'b' }).create('x').externalId);
  });

  test('whatever the calls, names and addresses stay unique and no action runs for a server that is gone', () => {
    const step = fc.record({ kind: fc.constantFrom('create', 'delete', 'power', 'resize', 'wait'), n: fc.nat(7), pick: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (script) => {
        const sim = cloud({}, [
          { operation: '*', kind: 'failing-action', probability: 0.1 },
          { operation: '*', kind: 'external-delete', probability: 0.05 },
        ]);
        for (const { kind, n, pick } of script) {
          const id = sim.state.world.servers[n]?.id ?? 'none';
          if (kind === 'create') sim.reply({ method: 'create', spec: spec(`web-${n}`), mark: MARK });
          else if (kind === 'delete') sim.reply({ method: 'delete', id });
          else if (kind === 'power')
            sim.reply({ method: 'power', id, action: (['start', 'shutdown', 'poweroff', 'reboot', 'reset'] as const)[pick]! });
          else if (kind === 'resize') sim.reply({ method: 'resize', id, size: `std-${2 ** pick}`, growDisk: pick > 2 });
          else sim.wait(n);
        }
        sim.wait(100);
        sim.reply({ method: 'identify' });
        const { servers, actions } = sim.state.world;
        expect(new Set(servers.map(({ name }) => name)).size).toBe(servers.length);
        expect(new Set(servers.map(({ ipv4 }) => ipv4)).size).toBe(servers.length);
        expect(actions.filter(({ status }) => status === 'running')).toEqual([]);
        expect(servers.filter(({ status }) => status !== 'running' && status !== 'off')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
