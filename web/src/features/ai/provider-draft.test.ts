import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, changesOf, draftFor, isReady, type ProviderDraft } from './provider-draft.ts';
import { KINDS } from './types.ts';

const draft = (part: Partial<ProviderDraft> = {}): ProviderDraft => ({ ...draftFor('openai'), apiKey: 'secret://OPENAI_API_KEY', ...part });

test('a usual provider needs nothing but its key; one that lives nowhere yet is not ready before its address is said', () => {
  const apiKey = 'secret://KEY';
  expect(KINDS.filter((kind) => isReady(draftFor(kind)))).toEqual(['mock']);
  expect(KINDS.filter((kind) => isReady({ ...draftFor(kind), apiKey }))).toEqual(['openai', 'anthropic', 'google', 'cohere', 'mock']);
  expect(isReady({ ...draftFor('compatible'), name: 'local', label: 'Local', baseUrl: 'http://llm.corp.example:11434/v1' })).toBe(true);
});

test('names, addresses, regions and times that the server would refuse are not sent', () => {
  const bad: Partial<ProviderDraft>[] = [
    { name: 'Open AI' },
    { name: '' },
    { label: ' ' },
    { baseUrl: 'ftp://x' },
    { baseUrl: 'https://' },
    { region: 'EU West' },
    { timeoutSeconds: '0' },
    { timeoutSeconds: '601' },
    { timeoutSeconds: '1.5' },
    { apiKey: '' },
  ];
  expect(bad.map((part) => isReady(draft(part)))).toEqual(bad.map(() => false));
});

test('a new one says nothing of what was left empty', () => {
  expect(bodyOf(draft())).toEqual({
    kind: 'openai', name: 'openai', label: 'OpenAI', apiKey: 'secret://OPENAI_API_KEY', confidential: false, timeoutSeconds: 120,
  }); // prettier-ignore
});

test('a change sends what differs and nothing else; what is emptied is taken away', () => {
  const before = draft({ region: 'eu', apiKey: 'secret://A' });
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, region: '', confidential: true })).toEqual({ region: null, confidential: true });
  fc.assert(
    fc.property(fc.record({ label: fc.string(), apiKey: fc.string(), confidential: fc.boolean() }), (part) => {
      expect(Object.keys(changesOf(before, { ...before, ...part })).every((field) => field in part)).toBe(true);
    }),
  );
});
