import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dig, digText, hasDig } from '../fixtures/knot.ts';
import { SAMPLE } from '../fixtures/sample.ts';
import { parseName } from '../names.ts';
import { typeCode } from '../rdata/types.ts';
import { setKey } from '../sets.ts';
import { askTcp, askUdp } from '../wire/exchange.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, FLAG, OPCODE, optRecord, RCODE, TYPE, valueOf, type Message } from '../wire/message.ts';
import { parseZoneFile } from '../zonefile/parser.ts';
import { answer } from './answer.ts';
import { startNameServer, type NameServer } from './server.ts';
import { indexZone, type ServedSet, type ZoneIndex } from './zone.ts';

const MORE = `
alias1 CNAME alias2
alias2 CNAME web
away   CNAME www.example.net.
loop   CNAME loop2
loop2  CNAME loop
dangling CNAME nowhere
insub  CNAME x.sub
deep.er.name A 192.0.2.7
wild.alias CNAME *.dev
*.w    CNAME web
big    TXT ${Array.from({ length: 10 }, (_, n) => `"${String(n).repeat(200)}"`).join(' ')}
`;

const setsOf = (text: string): ServedSet[] =>
  [...Map.groupBy(parseZoneFile(text, 'example.test', 3600).records, setKey).values()].map((group) => ({
    name: group[0]!.name,
    type: group[0]!.type,
    ttl: group[0]!.ttl,
    values: group.map(({ value }) => value),
  }));
const zone = indexZone('example.test', 7, 3600, setsOf(SAMPLE + MORE));

const ask = (name: string, type: string | number, more: Partial<Message> = {}): Message => ({
  ...emptyMessage(1),
  flags: FLAG.WANTS_RECURSION,
  questions: [{ name: parseName(name), type: typeof type === 'number' ? type : typeCode(type), class: CLASS.IN }],
  ...more,
});
const reply = (query: Message, index: ZoneIndex | undefined = zone): Message => decodeMessage(answer(query, index, false));
const values = (query: Message): string[] => reply(query).answers.map(valueOf);

describe('an authoritative answer (RFC 1034 4.3.2)', () => {
  test('is the set that was asked for, with AA and without recursion', () => {
    const { flags, rcode, answers, authority } = reply(ask('WEB.example.test', 'A'));
    expect(flags).toBe(FLAG.RESPONSE | FLAG.AUTHORITATIVE | FLAG.WANTS_RECURSION);
    expect(rcode).toBe(RCODE.NOERROR);
    expect(answers.map((record) => [record.name, record.ttl, valueOf(record)])).toEqual([['web.example.test', 3600, '192.0.2.80'], ['web.example.test', 3600, '192.0.2.81']]); // prettier-ignore
    expect(authority).toEqual([]);
  });

  test('says NXDOMAIN with the SOA for a name that is not there, and only the SOA for a type that is not', () => {
    const missing = reply(ask('nope.example.test', 'A'));
    expect([missing.rcode, missing.authority.map(({ type, ttl }) => [type, ttl])]).toEqual([RCODE.NXDOMAIN, [[6, 300]]]);
    const other = reply(ask('web.example.test', 'MX'));
    expect([other.rcode, other.answers, other.authority[0]?.type]).toEqual([RCODE.NOERROR, [], 6]);
    const between = reply(ask('er.name.example.test', 'A'));
    expect([between.rcode, between.authority[0]?.type]).toEqual([RCODE.NOERROR, 6]);
  });

  test('follows aliases inside the zone, and stops at its edge or in a circle', () => {
    expect(values(ask('alias1.example.test', 'A'))).toEqual(['alias2.example.test.', 'web.example.test.', '192.0.2.80', '192.0.2.81']);
    expect(values(ask('alias1.example.test', 'CNAME'))).toEqual(['alias2.example.test.']);
    expect(values(ask('away.example.test', 'A'))).toEqual(['www.example.net.']);
    expect(values(ask('loop.example.test', 'A')).length).toBeLessThan(12);
    const dangling = reply(ask('dangling.example.test', 'A'));
    expect([dangling.rcode, dangling.answers.length]).toEqual([RCODE.NXDOMAIN, 1]);
  });

  test('makes names from wildcards, but not where a name exists', () => {
    const found = reply(ask('any.thing.dev.example.test', 'A'));
    expect(found.answers.map((record) => [record.name, valueOf(record)])).toEqual([['any.thing.dev.example.test', '192.0.2.99']]);
    expect(values(ask('x.w.example.test', 'A'))).toEqual(['web.example.test.', '192.0.2.80', '192.0.2.81']);
    expect(reply(ask('any.dev.example.test', 'TXT'))).toMatchObject({ rcode: RCODE.NOERROR, answers: [] });
    expect(reply(ask('dev.example.test', 'A')).answers).toEqual([]);
  });

  test('refers to the name servers of a delegation, with glue and without AA; DS stays ours', () => {
    for (const name of ['sub.example.test', 'a.b.sub.example.test']) {
      const { flags, answers, authority, additional } = reply(ask(name, 'A'));
      expect(flags & FLAG.AUTHORITATIVE).toBe(0);
      expect(answers).toEqual([]);
      expect(authority.map(valueOf)).toEqual(['ns.sub.example.test.']);
      expect(additional.map(valueOf)).toEqual(['192.0.2.54']);
    }
    expect(values(ask('sub.example.test', 'DS'))[0]).toMatch(/^12345 8 2 0F/);
    expect(reply(ask('insub.example.test', 'A'))).toMatchObject({
      answers: [{ name: 'insub.example.test' }],
      authority: [{ name: 'sub.example.test' }],
    });
  });

  test('ANY gets HINFO (RFC 8482), transfers, other classes and other zones are refused', () => {
    expect(values(ask('web.example.test', TYPE.ANY))).toEqual(['"RFC8482" ""']);
    expect(reply(ask('example.test', TYPE.AXFR)).rcode).toBe(RCODE.REFUSED);
    expect(reply(ask('example.test', 'A', { questions: [{ name: 'example.test', type: 1, class: 3 }] })).rcode).toBe(RCODE.REFUSED);
    expect(decodeMessage(answer(ask('example.net', 'A'), undefined, false)).rcode).toBe(RCODE.REFUSED);
    expect(reply(ask('example.test', 'A', { opcode: OPCODE.UPDATE })).rcode).toBe(RCODE.NOTIMP);
    expect(reply(ask('example.test', 'A', { questions: [] })).rcode).toBe(RCODE.FORMERR);
  });

  test('EDNS: 1232 octets by UDP at most, 512 without, BADVERS for later versions', () => {
    const big = ask('big.example.test', 'TXT');
    const plain = answer(big, zone, true);
    expect([plain.length <= 512, decodeMessage(plain).flags & FLAG.TRUNCATED]).toEqual([true, FLAG.TRUNCATED]);
    const edns = decodeMessage(answer({ ...big, additional: [optRecord(4096)] }, zone, true));
    expect([edns.flags & FLAG.TRUNCATED, edns.answers, edns.additional[0]?.class]).toEqual([FLAG.TRUNCATED, [], 1232]);
    expect(decodeMessage(answer(big, zone, false)).answers).toHaveLength(1);
    expect(reply({ ...big, additional: [{ ...optRecord(4096), ttl: 1 << 16 }] }).rcode).toBe(RCODE.BADVERS);
  });
});

describe('the name server', () => {
  let server: NameServer;
  const faults: string[] = [];
  beforeAll(async () => {
    const find = async (names: readonly string[]): Promise<ZoneIndex | undefined> => {
      if (names.includes('broken.test')) throw new Error('the database is away');
      return names.includes('example.test') ? zone : undefined;
    };
    server = await startNameServer({ port: 0, find, onError: (error) => void faults.push(error.message) });
  });
  afterAll(() => server?.close());

  test('answers by UDP and TCP, several questions on one connection', async () => {
    const query = encodeMessage(ask('web.example.test', 'A'));
    expect(decodeMessage(await askUdp(server, query)).answers).toHaveLength(2);
    const seen: number[] = [];
    await askTcp(server, query, (bytes) => seen.push(decodeMessage(bytes).answers.length) > 0);
    expect(seen).toEqual([2]);
  });

  test('what cannot be read is FORMERR, what cannot be looked up SERVFAIL, and an answer is not answered', async () => {
    expect(decodeMessage(await askUdp(server, Buffer.concat([encodeMessage(ask('x.test', 'A')), Buffer.from([1])]))).rcode).toBe(RCODE.FORMERR);
    expect(decodeMessage(await askUdp(server, encodeMessage(ask('broken.test', 'A')))).rcode).toBe(RCODE.SERVFAIL);
    expect(faults).toEqual(['the database is away']);
    await expect(askUdp(server, encodeMessage(ask('web.example.test', 'A', { flags: FLAG.RESPONSE })), { answerMs: 150 })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  test.skipIf(!hasDig)('dig understands it', async () => {
    expect(await dig(server.port, 'alias1.example.test', 'A')).toEqual(['192.0.2.80', '192.0.2.81', 'alias2.example.test.', 'web.example.test.']);
    expect((await dig(server.port, 'big.example.test', 'TXT', '+bufsize=4096'))[0]).toHaveLength(10 * 202 + 9); // by TCP after truncation
    const stdout = await digText(server.port, 'nope.example.test', 'A');
    expect(stdout).toMatch(/status: NXDOMAIN/);
    expect(stdout).not.toMatch(/WARNING: (?!recursion)|malformed/i);
  });
});
