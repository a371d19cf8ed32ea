import { isEnvironment, isProject, nameFault, tagsOf, valueFault } from './rules.ts';
import type { Secret } from './types.ts';
import type { ValueType } from './value-types.ts';

const ALPHABETS = ['alphanumeric', 'symbols', 'letters', 'digits', 'hex', 'base64url'] as const;
export type Alphabet = (typeof ALPHABETS)[number];

/** A value on its way in: typed, or to be made by the server. */
export interface ValueDraft {
  how: 'typed' | 'generated';
  value: string;
  length: string;
  alphabet: Alphabet;
}
export const NO_VALUE: ValueDraft = { how: 'typed', value: '', length: '32', alphabet: 'alphanumeric' };

export interface PlaceDraft {
  scope: 'workspace' | 'project';
  project: string;
  environment: string;
}
export const ANYWHERE: PlaceDraft = { scope: 'workspace', project: '', environment: '' };

/** What is said of a secret beside its value, as it is typed. */
export interface AboutDraft {
  description: string;
  tags: string;
  service: string;
  ownerTeam: string;
  /** As an input of type datetime-local takes it, in the reader's own zone. */
  expires: string;
  rotateEvery: string;
  maxInFlight: string;
}
export const NOTHING_SAID: AboutDraft = { description: '', tags: '', service: '', ownerTeam: '', expires: '', rotateEvery: '', maxInFlight: '' };

const localText = (iso: string): string => {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
export const aboutOf = (secret: Secret): AboutDraft => ({
  description: secret.description,
  tags: Object.entries(secret.tags)
    .map(([key, value]) => (value ? `${key}=${value}` : key))
    .join(' '),
  service: secret.service ?? '',
  ownerTeam: secret.ownerTeam ?? '',
  expires: secret.expiresAt ? localText(secret.expiresAt) : '',
  rotateEvery: secret.rotateEvery === null ? '' : String(secret.rotateEvery),
  maxInFlight: secret.maxInFlight === null ? '' : String(secret.maxInFlight),
});

/** Numbers and letters only where the server makes the value of that type; addresses and JSON cannot be made. */
export const alphabetsFor = (type: ValueType): readonly Alphabet[] =>
  type === 'number' ? ['digits'] : type === 'url' || type === 'json' ? [] : ALPHABETS;

const LENGTHS = { least: 8, most: 1024 };
export const isLength = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= LENGTHS.least && Number(text) <= LENGTHS.most;
/** Days. */
export const isRotation = (text: string): boolean => text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 3650);
export const isInFlight = (text: string): boolean => text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1000);

/** The value as the server wants it; null while it is missing or cannot be. */
export function valuePart(type: ValueType, draft: ValueDraft): { value: string } | { generate: { length: number; alphabet: Alphabet } } | null {
  const alphabets = alphabetsFor(type);
  if (draft.how === 'generated' && alphabets.length > 0) {
    const alphabet = alphabets.includes(draft.alphabet) ? draft.alphabet : alphabets[0]!;
    return isLength(draft.length) ? { generate: { length: Number(draft.length), alphabet } } : null;
  }
  return draft.value === '' || valueFault(type, draft.value) ? null : { value: draft.value };
}

/** Where it is to lie; null while that cannot be. */
export function placePart({ scope, project, environment }: PlaceDraft): { scope: PlaceDraft['scope']; project: string | null; environment: string | null } | null {
  if (!isEnvironment(environment) || (scope === 'project' && !isProject(project))) return null;
  return { scope, project: scope === 'project' ? project : null, environment: environment || null };
} // prettier-ignore

export type About = Pick<Secret, 'description' | 'tags' | 'service' | 'ownerTeam' | 'expiresAt' | 'rotateEvery' | 'maxInFlight'>;
const hasFittingNumbers = ({ rotateEvery, maxInFlight }: AboutDraft): boolean => isRotation(rotateEvery) && isInFlight(maxInFlight);

/** What is said of it; null while something of it cannot be. */
function aboutPart(draft: AboutDraft): About | null {
  const tags = tagsOf(draft.tags);
  const expires = draft.expires === '' ? null : new Date(draft.expires);
  if (tags === null || !hasFittingNumbers(draft) || (expires !== null && Number.isNaN(expires.getTime()))) return null;
  return {
    description: draft.description.trim(),
    tags,
    service: draft.service.trim() || null,
    ownerTeam: draft.ownerTeam || null,
    expiresAt: expires?.toISOString() ?? null,
    rotateEvery: draft.rotateEvery === '' ? null : Number(draft.rotateEvery),
    maxInFlight: draft.maxInFlight === '' ? null : Number(draft.maxInFlight),
  };
}

const isEmpty = (value: unknown): boolean => value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
/** What is said of a new one: only what there is to say, so that its plan has no empty lines. */
export function saidPart(draft: AboutDraft): Partial<About> | null {
  const about = aboutPart(draft);
  return about && (Object.fromEntries(Object.entries(about).filter(([, value]) => !isEmpty(value))) as Partial<About>);
}

/** The fields that an edit changes. A moment that was not touched keeps its seconds. */
export function aboutChanges(secret: Secret, draft: AboutDraft): Partial<About> | null {
  const before = aboutOf(secret);
  const after = aboutPart(draft);
  if (after === null) return null;
  const typed: Record<keyof About, keyof AboutDraft> = {
    description: 'description',
    tags: 'tags',
    service: 'service',
    ownerTeam: 'ownerTeam',
    expiresAt: 'expires',
    rotateEvery: 'rotateEvery',
    maxInFlight: 'maxInFlight',
  };
  const changed = (Object.keys(typed) as (keyof About)[]).filter((field) => before[typed[field]] !== draft[typed[field]]);
  return Object.fromEntries(changed.map((field) => [field, after[field]]));
}

export const isName = (name: string): boolean => name !== '' && nameFault(name) === null;
