import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dig, hasDig, hasKnot, startKnot, type Knot } from '../fixtures/knot.ts';
import { freePort } from '../fixtures/ports.ts';
import { startLossyProxy } from '../fixtures/proxy.ts';
import { encodeValue } from '../rdata/types.ts';
import { textContent } from '../records.ts';
import { diffSets, setKey, toSets, type SetChange, type Sets } from '../sets.ts';
import { SAMPLE } from '../fixtures/sample.ts';
import { parseZoneFile } from '../zonefile/parser.ts';
import type { DnsServer, DnsServerFault, ServedZone } from './port.ts';
import { rfc2136 } from './rfc2136.ts';
import { updateMessage } from './update.ts';

const ZONE = 'example.test';
const signal = new AbortController().signal;

const state = (ttl: number, values: readonly string[]) => ({ ttl, entries: values.map((value) => ({ id: value, value, comment: null })) });
const make = (name: string, type: string, ttl: number, ...values: string[]): SetChange => ({ name, type, before: null, after: state(ttl, values) });
const drop = ({ name, type, after }: SetChange): SetChange => ({ name, type, before: after, after: null });
const turn = (from: SetChange, ttl: number, ...values: string[]): SetChange => ({
  name: from.name,
  type: from.type,
  before: from.after,
  after: state(ttl, values),
});
const setsOf = ({ records }: ServedZone): Sets => toSets(records.map((record, id) => ({ ...record, id: String(id), comment: null })));
const failure = (work: Promise<unknown>): Promise<DnsServerFault> => work.then(() => Promise.reject(new Error('it did not fail')), (error: unknown) => error as DnsServerFault); // prettier-ignore

describe.skipIf(!hasKnot || !hasDig)('an RFC 2136 server (knot)', () => {
  let knot: Knot;
  let server: DnsServer;
  const at = (port: number, key = knot.key): DnsServer =>
    rfc2136({ endpoint: { address: '127.0.0.1', port }, key, connectMs: 1_000, answerMs: 2_000 });
  beforeAll(async () => {
    knot = await startKnot({ [ZONE]: SAMPLE, 'empty.test': '@ 3600 SOA ns hostmaster 1 2 3 4 5\n@ 3600 NS ns\nns 3600 A 192.0.2.1\n' });
    server = at(knot.port);
  });
  afterAll(() => knot?.stop());

  test('a zone that is there already is read by a signed transfer, record by record', async () => {
    const zone = await server.read(ZONE, signal);
    expect(zone.serial).toBe(2026112001);
    const file = parseZoneFile(SAMPLE, ZONE, 3600);
    const sets = toSets(file.records.map((record, id) => ({ ...record, id: String(id), comment: null })));
    expect(diffSets(sets, setsOf(zone))).toEqual([]);
    expect(zone.soa.value).toBe(file.soa!.value);
  });

  test('records are made, changed and taken away, and dig sees each', async () => {
    const made = make('new.example.test', 'A', 600, '192.0.2.1', '192.0.2.2');
    const serial = await server.apply(ZONE, [made], { signal });
    expect(await dig(knot.port, 'new.example.test', 'A')).toEqual(['192.0.2.1', '192.0.2.2']);
    const turned = turn(made, 60, '192.0.2.2', '192.0.2.3');
    expect(await server.apply(ZONE, [turned], { signal })).toBeGreaterThan(serial);
    expect(await dig(knot.port, 'new.example.test', 'A')).toEqual(['192.0.2.2', '192.0.2.3']);
    expect((await dig(knot.port, 'new.example.test', 'A', '+noshort', '+noall', '+answer'))[0]).toContain('\t60\t');
    await server.apply(ZONE, [drop(turned)], { signal });
    expect(await dig(knot.port, 'new.example.test', 'A')).toEqual([]);
  });

  test('infrastructure 92: Given a TXT of 600 octets with quotes, then it is stored as three strings and read back byte-identical', async () => {
    const text = `say "${'x"\\'.repeat(198)}"`;
    const strings = parseZoneFile(`t TXT "${text.replace(/["\\]/g, '\\$&')}"`, ZONE, 60).records[0]!.value;
    await server.apply(ZONE, [make('t.example.test', 'TXT', 60, strings)], { signal });
    const answer = await dig(knot.port, 't.example.test', 'TXT', '+tcp');
    expect(answer[0]!.split('" "')).toHaveLength(3);
    expect(textContent(answer[0]!).toString()).toBe(text);
    const back = (await server.read(ZONE, signal)).records.find(({ name }) => name === 't.example.test')!;
    expect(textContent(back.value).toString()).toBe(text);
  });

  test('every type of the sample goes there and back through updates', async () => {
    const file = parseZoneFile(SAMPLE.replaceAll('example.test', 'empty.test'), 'empty.test', 3600);
    const wanted = toSets(file.records.map((record, id) => ({ ...record, id: String(id), comment: null })));
    const changes = diffSets(setsOf(await server.read('empty.test', signal)), wanted);
    for (const part of server.parts('empty.test', changes)) await server.apply('empty.test', part, { signal });
    expect(diffSets(wanted, setsOf(await server.read('empty.test', signal)))).toEqual([]);
  });

  test('an alias replaces an address and the other way round in one update', async () => {
    const address = make('swap.example.test', 'A', 60, '192.0.2.1');
    const alias = make('swap.example.test', 'CNAME', 60, 'web.example.test.');
    await server.apply(ZONE, [address], { signal });
    await server.apply(ZONE, [drop(address), alias], { signal });
    expect(await dig(knot.port, 'swap.example.test', 'CNAME')).toEqual(['web.example.test.']);
    await server.apply(ZONE, [address, drop(alias)], { signal });
    expect(await dig(knot.port, 'swap.example.test', 'A')).toEqual(['192.0.2.1']);
  });

  test('the name servers of the zone itself are exchanged without a moment without any', async () => {
    const { records } = await server.read(ZONE, signal);
    const old = records.filter(({ name, type }) => name === ZONE && type === 'NS').map(({ value }) => value);
    const change: SetChange = { name: ZONE, type: 'NS', before: state(3600, old), after: state(7200, ['ns1.example.test.', 'ns3.example.net.']) };
    await server.apply(ZONE, [change], { signal });
    expect(await dig(knot.port, ZONE, 'NS')).toEqual(['ns1.example.test.', 'ns3.example.net.']);
    await server.apply(ZONE, [{ ...change, before: change.after, after: change.before }], { signal });
    expect(await dig(knot.port, ZONE, 'NS')).toEqual(old.toSorted());
  });

  test('a change set is carried out as a whole or not at all', async () => {
    const good = make('whole.example.test', 'A', 60, '192.0.2.1');
    const wrong = turn(make('web.example.test', 'A', 3600, '203.0.113.99'), 60, '192.0.2.1'); // not what the server has
    const fault = await failure(server.apply(ZONE, [good, wrong], { signal }));
    expect(fault).toMatchObject({ kind: 'conflict' });
    expect(await dig(knot.port, 'whole.example.test', 'A')).toEqual([]);
    expect(await dig(knot.port, 'web.example.test', 'A')).toEqual(['192.0.2.80', '192.0.2.81']);
  });

  test('what someone else put there meanwhile is not overwritten', async () => {
    await server.apply(ZONE, [make('theirs.example.test', 'A', 60, '198.51.100.1')], { signal });
    expect(await failure(server.apply(ZONE, [make('theirs.example.test', 'A', 60, '192.0.2.1')], { signal }))).toMatchObject({ kind: 'conflict' });
    expect(await failure(server.apply(ZONE, [make('theirs.example.test', 'CNAME', 60, 'web.example.test.')], { signal }))).toMatchObject({
      kind: 'conflict',
    });
    expect(await dig(knot.port, 'theirs.example.test', 'A')).toEqual(['198.51.100.1']);
  });

  test('a change that is asked for twice is done once', async () => {
    const change = make('twice.example.test', 'A', 60, '192.0.2.1');
    const serial = await server.apply(ZONE, [change], { signal });
    expect(await server.apply(ZONE, [change], { signal })).toBe(serial);
  });

  test('a lost answer leads to exactly one record', async () => {
    const proxy = await startLossyProxy({ address: '127.0.0.1', port: knot.port });
    try {
      proxy.lose = 1;
      const change = make('lost.example.test', 'A', 60, '192.0.2.1');
      const before = (await server.read(ZONE, signal)).serial;
      const serial = await at(proxy.port).apply(ZONE, [change], { signal });
      expect(proxy.connections).toBe(2); // the update whose answer was lost, and the look
      expect(serial).toBe(before + 1);
      expect(await dig(knot.port, 'lost.example.test', 'A')).toEqual(['192.0.2.1']);
    } finally {
      await proxy.stop();
    }
  });

  test('answers lost in the look as well are waited out', async () => {
    const proxy = await startLossyProxy({ address: '127.0.0.1', port: knot.port });
    try {
      proxy.lose = 2;
      await at(proxy.port).apply(ZONE, [drop(make('lost.example.test', 'A', 60, '192.0.2.1'))], { signal });
      expect(await dig(knot.port, 'lost.example.test', 'A')).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });

  test('when no answer ever comes back, the outcome is said to be unknown', async () => {
    const proxy = await startLossyProxy({ address: '127.0.0.1', port: knot.port });
    try {
      proxy.lose = 100;
      expect(await failure(at(proxy.port).apply(ZONE, [make('dark.example.test', 'A', 60, '192.0.2.1')], { signal }))).toMatchObject({
        kind: 'unknown',
      });
    } finally {
      await proxy.stop();
    }
  });

  test('of two callers at once with different wishes one wins and the other hears of it', async () => {
    const race = await Promise.allSettled(
      ['192.0.2.1', '192.0.2.2'].map((value) => server.apply(ZONE, [make('race.example.test', 'A', 60, value)], { signal })),
    );
    expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await dig(knot.port, 'race.example.test', 'A')).toHaveLength(1);
  });

  test('two callers at once with the same wish are both content, and there is one record', async () => {
    const wish = make('same.example.test', 'A', 60, '192.0.2.1');
    await Promise.all([server.apply(ZONE, [wish], { signal }), server.apply(ZONE, [wish], { signal })]);
    expect(await dig(knot.port, 'same.example.test', 'A')).toEqual(['192.0.2.1']);
  });

  test('a wrong secret, an unknown key and a clock that is off are refused and named', async () => {
    const wrong = at(knot.port, { ...knot.key, secret: Buffer.alloc(32, 1) });
    expect(await failure(wrong.apply(ZONE, [make('x.example.test', 'A', 60, '192.0.2.1')], { signal }))).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('BADSIG'),
    });
    expect(await failure(wrong.read(ZONE, signal))).toMatchObject({ kind: 'auth' });
    expect(await failure(at(knot.port, { ...knot.key, name: 'theirs' }).read(ZONE, signal))).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('BADKEY'),
    });
    const slow = rfc2136({ endpoint: { address: '127.0.0.1', port: knot.port }, key: knot.key, now: () => Date.now() - 3_600_000 });
    expect(await failure(slow.read(ZONE, signal))).toMatchObject({ kind: 'auth', message: expect.stringContaining('BADTIME') });
    expect(await dig(knot.port, 'x.example.test', 'A')).toEqual([]);
  });

  test('a zone that the server does not have, and a server that is not there, are told apart', async () => {
    expect((await failure(server.read('other.test', signal))).kind).toMatch(/absent|auth/);
    expect(await failure(at(await freePort()).read(ZONE, signal))).toMatchObject({ kind: 'unavailable' });
  });

  test('a large change is cut into updates that fit, and all of it arrives', async () => {
    const text = encodeValue('TXT', `"${'x'.repeat(255)}"`).length;
    expect(text).toBe(256);
    const changes = Array.from({ length: 400 }, (_, n) => make(`big${n}.example.test`, 'TXT', 60, `"${'x'.repeat(240)} ${n}"`));
    const parts = server.parts(ZONE, changes);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat()).toHaveLength(400);
    for (const part of parts) {
      expect(updateMessage(0, ZONE, part).length).toBeLessThan(65_000);
      await server.apply(ZONE, part, { signal });
    }
    const names = new Set((await server.read(ZONE, signal)).records.map(setKey));
    expect(changes.every((change) => names.has(setKey(change)))).toBe(true);
  });
});
