import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOf } from './follow.ts';
import { inline, money, problem, result, table } from './output.ts';
import { planText, type Planned } from './plan.ts';
import { serverSent } from './sse.ts';
import { plain, type Style } from './style.ts';

const same = (text: string): string => text;
const style: Style = { bold: same, quiet: same, good: same, warn: same, bad: same, width: 80 };

describe('server-sent events', () => {
  const read = async (parts: readonly string[]): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const event of serverSent((async function* () {
      for (const part of parts) yield new TextEncoder().encode(part);
    })(), (ms) => found.push(ms))) found.push(event); // prettier-ignore
    return found;
  };
  const stream =
    'retry: 3000\n\nid: 1\nevent: step\ndata: {"a":1}\n\n: beat\n\nid: 2\r\ndata: one\r\ndata: two\r\n\r\ndata:no space\n\nid: 3\ndata: not ended';

  test('are read as the standard says', async () => {
    expect(await read([stream])).toEqual([
      3000,
      { id: '1', event: 'step', data: '{"a":1}' },
      { id: '2', event: 'message', data: 'one\ntwo' },
      { id: '2', event: 'message', data: 'no space' },
    ]);
  });

  test('wherever the network cuts them', async () => {
    const whole = await read([stream]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(stream.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        expect(await read(at.slice(1).map((end, index) => stream.slice(at[index], end)))).toEqual(whole);
      }),
    );
  });
});

describe('tables', () => {
  test('begin with the name, end with the id, and leave out what says nothing or does not fit', () => {
    const id = '0197a1b2-0000-7000-8000-000000000000';
    const rows = [{ id, ownerId: id, memoryMb: 5, name: 'a', gone: null, long: 'x'.repeat(100), n: 1 }];
    expect(table(rows, { ...style, width: 60 })).toBe(`NAME  MEMORY MB  N  ID\na     5          1  ${id}`);
    expect(table(rows, { ...style, width: 200 })).toContain(`${'x'.repeat(47)}…`);
    expect(table([{ id, number: 'CHG-1', state: 'done' }], style)).toBe('NUMBER  STATE\nCHG-1   done');
  });

  test('an empty list says so, and a further page how to get it', () => {
    expect(result({ items: [], nextCursor: null }, style)).toBe('Nothing there.');
    expect(result({ items: [{ a: 1 }], nextCursor: 'abc' }, style)).toBe('A\n1\nMore: --cursor abc');
  });
});

test('money has the decimals of its currency', () => {
  expect([money({ amount: 400, currency: 'EUR' }), money({ amount: 400, currency: 'JPY' }), money({ amount: -5, currency: 'KWD' })]).toEqual([
    '4.00 EUR',
    '400 JPY',
    '-0.005 KWD',
  ]);
});

test('nothing from a server can steer the terminal', () => {
  const controls = (text: string): string[] => [...text].filter((char) => /\p{Cc}/u.test(char) && char !== '\t' && char !== '\n');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(controls(plain(text))).toEqual([]);
    }),
  );
  expect(controls(inline('a\u001b[2Jb'))).toEqual([]);
  expect(controls(problem({ type: 'x', title: 'a\u001b]0;b', status: 400, detail: '\u009b31m' }, style))).toEqual([]);
});

test('a plan shows what changes, what it costs and who must agree', () => {
  const planned: Planned = {
    plan: {
      summary: 'Resize web-1', steps: [], warnings: ['The address changes'],
      changes: [{ action: 'update', type: 'server', name: 'web-1', fields: [{ path: 'size', before: 's', after: 'l' }, { path: 'ip', before: '192.0.2.1' }, { path: 'tag', after: ['a'] }] }],
      downtime: { kind: 'restart', seconds: 120 }, dataLoss: 'the cache', reversible: 'resize back',
      cost: { before: { amount: 400, currency: 'EUR' }, after: { amount: 800, currency: 'EUR' }, exact: false },
    },
    risk: 'high', requirements: [{ text: 'one approval by someone else' }],
  }; // prettier-ignore
  expect(planText(planned, style)).toBe(`Resize web-1
  ~ server web-1
    size: s → l
    ip: 192.0.2.1 → -
    tag: a
Risk      high
Cost      4.00 EUR → 8.00 EUR per month (estimated)
Downtime  restart, about 2 min
Data loss the cache
Undo      resize back
Approval  one approval by someone else
! The address changes`);
});

test('events of a Change are lines', () => {
  const line = (event: string, data: object): string | undefined => lineOf({ id: '1', event, data: JSON.stringify(data) }, style);
  expect([line('state', { state: 'rolling_back' }), line('step', { status: 'undone', title: 'Make it' }), line('progress', { progress: 30 }), line('log', { level: 'error', message: 'no' }), line('other', {})]).toEqual(['rolling back', '  ↶ Make it', '    30 %', '    no', undefined]); // prettier-ignore
});
