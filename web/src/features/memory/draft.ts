import { isLabels, labelsOf } from './labels.ts';
import type { IMPORTANCES, Memory, MEMORY_TYPES, SENSITIVITIES } from './types.ts';

/** A memory while it is written. Lists are words: tags with commas between them, labels with blanks. */
export interface MemoryDraft {
  space: string;
  key: string;
  title: string;
  content: string;
  type: (typeof MEMORY_TYPES)[number];
  tags: string;
  sensitivity: (typeof SENSITIVITIES)[number];
  importance: (typeof IMPORTANCES)[number];
  /** 0 to 100. */
  confidence: string;
  /** `KEEP`, or as the server takes it. */
  expires: string;
  labels: string;
}
/** Stands for "as it is" where it is chosen when a memory ends. */
export const KEEP = 'keep' as const;
export const EXPIRIES = ['never', '1h', '1d', '7d', '30d', '90d', '365d'] as const;

export const NEW_MEMORY: MemoryDraft = {
  space: 'tenant',
  key: '',
  title: '',
  content: '',
  type: 'semantic',
  tags: '',
  sensitivity: 'internal',
  importance: 'medium',
  confidence: '100',
  expires: 'never',
  labels: '',
};
/** What a secret one says is not known here: its content stays empty, and is then not sent. */
export const draftOf = ({ space, key, title, content, type, tags, sensitivity, importance, confidence, accessLabels }: Memory): MemoryDraft => ({
  space,
  key,
  title: title ?? '',
  content: content ?? '',
  type,
  tags: tags.join(', '),
  sensitivity,
  importance,
  confidence: String(Math.round(confidence * 100)),
  expires: KEEP,
  labels: accessLabels.join(' '),
});

export const isSpace = (text: string): boolean => /^(tenant|user|user:[0-9a-f-]{36}|workflow:[0-9a-f-]{36}|[a-z][a-z0-9_-]{0,62})$/.test(text);
const tagsOf = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))]; // prettier-ignore
export const isTags = (text: string): boolean => tagsOf(text).length <= 20 && tagsOf(text).every((tag) => tag.length <= 50);
export const isConfidence = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) <= 100;

const isGood = ({ labels, tags, confidence }: MemoryDraft): boolean => isLabels(labels) && isTags(tags) && isConfidence(confidence);
/** All that can be said before the server is asked. */
export const isReady = (draft: MemoryDraft): boolean => isSpace(draft.space) && draft.content.trim() !== '' && isGood(draft);

const fieldsOf = (draft: MemoryDraft) => ({
  title: draft.title.trim() || null,
  content: draft.content,
  type: draft.type,
  tags: tagsOf(draft.tags),
  sensitivity: draft.sensitivity,
  importance: draft.importance,
  confidence: Number(draft.confidence) / 100,
  expires: draft.expires,
  accessLabels: labelsOf(draft.labels),
});

const isSaid = (value: unknown): boolean => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
/** A new one: only what there is to say. */
export const bodyOf = (draft: MemoryDraft): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ space: draft.space, key: draft.key.trim(), ...fieldsOf(draft) }).filter(([, value]) => isSaid(value)));

/** Only what was changed. Content that is empty was never shown, and stays. */
export function changesOf(before: MemoryDraft, draft: MemoryDraft): Record<string, unknown> {
  const [old, next] = [fieldsOf(before) as Record<string, unknown>, fieldsOf(draft)];
  const changed = Object.entries(next).filter(([field, value]) => JSON.stringify(old[field]) !== JSON.stringify(value));
  return Object.fromEntries(changed.filter(([field, value]) => !(field === 'content' && value === '') && value !== KEEP));
}
/** Whether an edit can be sent. */
export const isEdit = (before: MemoryDraft, draft: MemoryDraft): boolean => isGood(draft) && Object.keys(changesOf(before, draft)).length > 0;
