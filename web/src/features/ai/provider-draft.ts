import type { Kind, Provider } from './types.ts';

/** A provider while it is written. */
export interface ProviderDraft {
  kind: Kind;
  name: string;
  label: string;
  baseUrl: string;
  region: string;
  apiKey: string;
  confidential: boolean;
  timeoutSeconds: string;
}

const LABELS: Readonly<Record<Kind, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google Gemini',
  azure: 'Azure OpenAI',
  cohere: 'Cohere',
  compatible: '',
  mock: 'Scripted',
};
/** These are reached nowhere before somebody says where. */
export const needsAddress = (kind: Kind): boolean => kind === 'azure' || kind === 'compatible';
/** These answer nobody without a key. */
export const needsKey = (kind: Kind): boolean => kind !== 'compatible' && kind !== 'mock';

/** What a new one of a kind begins with: most people have one of each and call it so. */
export const draftFor = (kind: Kind): ProviderDraft => ({
  kind,
  name: kind === 'compatible' ? '' : kind,
  label: LABELS[kind],
  baseUrl: '',
  region: '',
  apiKey: '',
  confidential: false,
  timeoutSeconds: '120',
});
export const draftOf = ({ kind, name, label, baseUrl, region, apiKey, confidential, timeoutSeconds }: Provider): ProviderDraft => ({
  kind,
  name,
  label,
  baseUrl: baseUrl ?? '',
  region: region ?? '',
  apiKey: apiKey ?? '',
  confidential,
  timeoutSeconds: String(timeoutSeconds),
});

export const isName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(name);
export const isAddress = (address: string): boolean => /^https?:\/\/\S+$/.test(address) && URL.canParse(address);
export const isRegion = (region: string): boolean => /^[a-z0-9-]{0,40}$/.test(region);
export const isTimeout = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 600;

/** All that can be said before the server is asked. */
export const isReady = (draft: ProviderDraft): boolean =>
  isName(draft.name) &&
  draft.label.trim() !== '' &&
  (draft.baseUrl === '' ? !needsAddress(draft.kind) : isAddress(draft.baseUrl)) &&
  (draft.apiKey !== '' || !needsKey(draft.kind)) &&
  isRegion(draft.region) &&
  isTimeout(draft.timeoutSeconds);

/** What both making and changing take, with null for what is left empty. The name stays: models are known by it. */
const fieldsOf = (draft: ProviderDraft) => ({
  label: draft.label.trim(),
  baseUrl: draft.baseUrl || null,
  region: draft.region || null,
  apiKey: draft.apiKey || null,
  confidential: draft.confidential,
  timeoutSeconds: Number(draft.timeoutSeconds),
});

/** A new one: only what there is to say. */
export const bodyOf = (draft: ProviderDraft): Record<string, unknown> => ({
  kind: draft.kind,
  name: draft.name,
  ...Object.fromEntries(Object.entries(fieldsOf(draft)).filter(([, value]) => value !== null)),
});

/** Only what was changed, so that two people who change different things do not undo one another. */
export function changesOf(before: ProviderDraft, draft: ProviderDraft): Record<string, unknown> {
  const [old, next] = [fieldsOf(before) as Record<string, unknown>, fieldsOf(draft)];
  return Object.fromEntries(Object.entries(next).filter(([field, value]) => old[field] !== value));
}
