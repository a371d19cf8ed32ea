import { expect, test } from 'vitest';
import { changesOf, draftOf, fieldsOf, isReady, NEW_MODEL, type ModelDraft } from './model-draft.ts';
import type { Model } from './types.ts';

const model: Model = { id: 'openai/gpt-5', provider: 'openai', kind: 'chat', label: 'GPT-5', context: 400_000, price: { input: 1_250_000, output: 10_000_000 }, unavailable: null, enabled: true, own: false, overridden: false }; // prettier-ignore
const draft = (part: Partial<ModelDraft> = {}): ModelDraft => ({ ...draftOf(model), ...part });

test('prices are typed in dollars and sent in millionths', () => {
  expect(draftOf(model)).toEqual({ label: 'GPT-5', context: '400000', input: '1.25', output: '10' });
  expect(fieldsOf(draft({ input: '0,05' })).price).toEqual({ input: 50_000, output: 10_000_000 });
});

test('a model that nothing is said of has no price and no context', () => {
  expect(isReady(NEW_MODEL)).toBe(true);
  expect(fieldsOf(NEW_MODEL)).toEqual({ context: null, price: null });
});

test('half a price, a price that is none and a context of nothing are not sent', () => {
  expect([{ output: '' }, { input: 'free' }, { context: '0' }, { context: '100000001' }].map((part) => isReady(draft(part)))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('a change sends what differs and nothing else', () => {
  expect(changesOf(draft(), draft())).toEqual({});
  expect(changesOf(draft(), draft({ input: '2' }))).toEqual({ price: { input: 2_000_000, output: 10_000_000 } });
  expect(changesOf(draft(), draft({ input: '', output: '', context: '' }))).toEqual({ price: null, context: null });
});
