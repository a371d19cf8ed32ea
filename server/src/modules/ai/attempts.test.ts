import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AiOrigin, AiUsage } from '#kernel/ai.ts';
import { TooLate } from '#kernel/outbound-http.ts';
import { attempt, type Candidate, type Errand, type Tries } from './attempts.ts';
import { keysOf } from './choosing.ts';
import { countedTokens } from './cost-rules.ts';
import type { Entry } from './models.ts';
import { ModelFault } from './providers/port.ts';
import { faultOf } from './providers/sdk-faults.ts';

/** How one try can end. */
const ENDINGS = ['answer', 'unavailable', 'cut off', 'silent', 'denied', 'refused', 'broken', 'given up'] as const;
type Ending = (typeof ENDINGS)[number];
/** What did not begin costs nothing. */
const FREE: ReadonlySet<Ending> = new Set(['unavailable', 'denied']);

const entry = { model: 'm', provider: undefined, view: { id: 'lab/m', provider: 'lab', price: { input: 1_000_000, output: 1_000_000 } } } as Entry;
const candidate: Candidate = { entry, obstacle: undefined };
const origin = { tenantId: 't', purpose: 'llm' } as AiOrigin;

function thrown(ending: Ending, giving: AbortController): unknown {
  if (ending === 'given up') giving.abort(new Error('given up'));
  if (ending === 'broken') return new TypeError('nobody expected this');
  if (ending === 'denied') return new ModelFault('denied', 'not there');
  if (ending === 'refused') return new ModelFault('refused', 'no', { partly: '' });
  if (ending === 'unavailable') return new ModelFault('passing', 'not now');
  return ending === 'given up' ? giving.signal.reason : new ModelFault('passing', 'it broke off', { partly: ending === 'silent' ? '' : 'half' });
}

/** Tries that end one after the other as they are told to; what was set aside and settled is written down. */
function rig(endings: readonly Ending[]) {
  const giving = new AbortController();
  const asked: Ending[] = [];
  const settled = new Map<string, (AiUsage | undefined)[]>();
  const tries = {
    origin, signal: giving.signal, observe: () => undefined, pause: async () => undefined,
    open: async () => ({ line: { row: { timeoutSeconds: 1 } } }) as Awaited<ReturnType<Tries['open']>>,
    ledger: {
      async reserve() {
        const id = String(settled.size);
        settled.set(id, []);
        return { id, tenantId: 't' };
      },
      settle: async ({ id }, spent) => void settled.get(id)!.push(spent),
    },
  } satisfies Tries; // prettier-ignore
  const errand: Errand<string> = {
    fits: () => true,
    most: { inputTokens: 50, outputTokens: 50 },
    async ask() {
      const ending = endings[asked.length] ?? 'answer';
      asked.push(ending);
      if (ending !== 'answer') throw thrown(ending, giving);
      return { answer: 'good', tokens: { inputTokens: 7, outputTokens: 3 } };
    },
    partly: (text) => ({ inputTokens: 5, outputTokens: text.length }),
    again: () => undefined,
  };
  return { giving, asked, settled, run: () => attempt(tries, [candidate, candidate], [], errand) };
}

test('however tries end, each that was set aside is settled once, and only what did not begin is given back', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...ENDINGS), { maxLength: 8 }), async (endings) => {
    const { asked, settled, run } = rig(endings);
    const outcome = await run().catch(() => undefined);
    expect(settled.size).toBe(asked.length);
    expect([...settled.values()].map((all) => all.length)).toEqual(asked.map(() => 1));
    expect([...settled.values()].map(([spent]) => spent === undefined)).toEqual(asked.map((ending) => FREE.has(ending)));
    expect(asked.filter((ending) => ending === 'answer').length).toBe(outcome ? 1 : 0);
    const paid = [...settled.values()].reduce((sum, [spent]) => sum + (spent?.cost ?? 0), 0);
    if (outcome) expect(outcome.usage.cost).toBe(paid);
  })); // prettier-ignore
});

test('who gave up before anything was sent pays nothing', async () => {
  const { giving, asked, settled, run } = rig([]);
  giving.abort(new Error('given up'));
  await expect(run()).rejects.toThrow('given up');
  expect([asked, [...settled.values()].flat().filter(Boolean)]).toEqual([[], []]);
});

test('what took too long may have been worked on all the while', () => {
  expect(faultOf(new TooLate('20 s'))).toMatchObject({ kind: 'passing', partly: '' });
});

test('what a provider says that it counted is a count, or is not believed', () => {
  const ours = { inputTokens: 4, outputTokens: 2 };
  for (const wrong of [-1, 0.5, Number.NaN, Infinity, 1e12]) {
    expect(countedTokens({ inputTokens: wrong, outputTokens: 1 }, ours)).toBe(ours);
    expect(countedTokens({ inputTokens: 1, outputTokens: wrong }, ours)).toBe(ours);
  }
  expect(countedTokens({ inputTokens: 0, outputTokens: 9 }, ours)).toEqual({ inputTokens: 0, outputTokens: 9 });
});

test('the key of a call is shown to the provider that is asked first, and to none of the others', () => {
  const other = { ...entry, view: { ...entry.view, provider: 'elsewhere' } };
  const keyFor = keysOf({ apiKey: 'of the lab' }, entry);
  expect([keyFor(entry), keyFor(other)]).toEqual(['of the lab', undefined]);
});
