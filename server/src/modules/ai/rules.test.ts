import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scrub, taint } from '#kernel/taint.ts';
import { levelsOf, markPassed, overrun, resetsAt } from './budget-rules.ts';
import { costOf, likelyTokens, mostTokens, sentOf } from './cost-rules.ts';
import { jsonOrder, readJson } from './json-answers.ts';
import { createTeller } from './told.ts';

const amount = fc.integer({ min: 0, max: 1_000_000 });

describe('bounds', () => {
  test('what fits is within the bound, and what is refused would not be', () => {
    fc.assert(fc.property(fc.option(amount), fc.option(amount), amount, amount, amount, amount, (tokens, cost, heldTokens, heldCost, moreTokens, moreCost) => {
      const held = { tokens: heldTokens, cost: heldCost };
      const found = overrun({ tokens, cost }, held, { tokens: moreTokens, cost: moreCost });
      const isOver = (tokens !== null && heldTokens + moreTokens > tokens) || (cost !== null && moreCost > 0 && heldCost + moreCost > cost);
      expect(found !== undefined).toBe(isOver);
    }));
  }); // prettier-ignore

  test('each mark is passed once on the way up, in whatever steps', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }), (limit, steps) => {
      const passed: number[] = [];
      let used = 0;
      for (const step of steps) {
        const mark = markPassed(limit, used, used + step);
        if (mark !== undefined) passed.push(mark);
        used += step;
      }
      expect(passed).toEqual([...new Set(passed)].toSorted((a, b) => a - b));
      expect(passed.at(-1)).toBe([100, 80, 50].find((mark) => used > 0 && (used / limit) * 100 >= mark));
    }));
  }); // prettier-ignore

  test('a budget of one’s own lowers what the plan allows and never raises it', () => {
    const day = (tokens: number | null) => levelsOf([{ workflowId: null, period: 'day', tokens, cost: 5 }], 1_000)[0];
    expect(day(500)).toMatchObject({ tokens: 500, cost: 5, plan: false });
    expect(day(5_000)).toMatchObject({ tokens: 1_000, plan: true });
    expect(day(null)).toMatchObject({ tokens: 1_000, plan: true });
    expect(levelsOf([], null).map(({ period, tokens }) => [period, tokens])).toEqual([['day', null], ['month', null]]); // prettier-ignore
  });

  test('days and months end at midnight of UTC', () => {
    const now = new Date('2026-12-31T23:59:59Z');
    expect(resetsAt(now, 'day').toISOString()).toBe('2027-01-01T00:00:00.000Z');
    expect(resetsAt(now, 'month').toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('counting', () => {
  test('the most is never less than what is likely, and grows with what is sent', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), fc.string({ maxLength: 500 }), (text, more) => {
      const sent = (said: string) => sentOf({ messages: [{ role: 'user', text: said }] });
      expect(mostTokens(sent(text))).toBeGreaterThanOrEqual(likelyTokens(sent(text)));
      expect(mostTokens(sent(text + more))).toBeGreaterThanOrEqual(mostTokens(sent(text)));
    }));
  }); // prettier-ignore

  test('cost is rounded up to a millionth of a dollar, and nothing where no price is known', () => {
    expect(costOf({ inputTokens: 1, outputTokens: 0 }, { input: 250_000, output: 0 })).toBe(1);
    expect(costOf({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, { input: 250_000, output: 2_000_000 })).toBe(2_250_000);
    expect(costOf({ inputTokens: 5, outputTokens: 5 }, null)).toBe(0);
  });
});

describe('text as it comes', () => {
  const tell = (whole: string, cuts: readonly number[]): string => {
    let told = '';
    const teller = createTeller('t1', (piece) => (told += piece));
    for (const cut of cuts.toSorted((a, b) => a - b)) teller.more(whole.slice(0, cut));
    teller.done(whole);
    return told;
  };

  test('pieces make up the masked whole, wherever it was cut', () => {
    taint('correct-horse-battery', 'ONE', 't1');
    taint('x'.repeat(10) + 'long-secret-'.repeat(20), 'LONG', 't1');
    const word = fc.constantFrom(
      'correct-horse-battery',
      'word ',
      'correct-',
      `${'x'.repeat(10)}${'long-secret-'.repeat(20)}`,
      'long-secret-',
      ' and more of it ',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.array(fc.nat(3_000), { maxLength: 60 }), (words, cuts) => {
        const whole = words.join('');
        const told = tell(whole, cuts);
        expect(told).toBe(scrub(whole, 't1'));
      }),
    );
  });

  test('after a break nothing more is told once something was', () => {
    let told = '';
    const teller = createTeller('t1', (piece) => (told += piece));
    teller.more('a'.repeat(200));
    teller.stop();
    teller.more('b'.repeat(400));
    teller.done('b'.repeat(400));
    expect(told).toMatch(/^a+$/);
  });
});

describe('answers in JSON', () => {
  const schemas = { misfits: () => [] };
  test('any value is read back, bare or in a fence', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.boolean(), (value, isFenced) => {
      const text = JSON.stringify(value);
      const { json } = readJson(isFenced ? `\`\`\`json\n${text}\n\`\`\`` : text, { kind: 'json' }, schemas);
      expect(json).toEqual(JSON.parse(text));
    }));
  }); // prettier-ignore
  test('whatever comes, it is a value or says why not', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => {
      const found = readJson(text, { kind: 'json' }, schemas);
      expect('json' in found).toBe(found.jsonFault === undefined);
    }));
    expect(readJson('{}', { kind: 'text' }, schemas)).toEqual({});
    expect(jsonOrder({ kind: 'text' })).toBe('');
  }); // prettier-ignore
});
