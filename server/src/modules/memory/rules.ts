import type { Metadata } from '#kernel/recall/fields.ts';
import type { Importance, MemoryType, MergeStrategy, Sensitivity } from './schemas.ts';
import { MOST_CONTENT } from './schemas.ts';

/** What somebody wants to be kept; what is left out stays as it is, or is the default. */
export interface Wish {
  content: string;
  type?: MemoryType | undefined;
  title?: string | null | undefined;
  summary?: string | null | undefined;
  tags?: readonly string[] | undefined;
  sensitivity?: Sensitivity | undefined;
  importance?: Importance | undefined;
  confidence?: number | undefined;
  expires?: string | undefined;
  accessLabels?: readonly string[] | undefined;
  metadata?: Metadata | undefined;
  entities?: readonly string[] | undefined;
}

/** A memory in the clear. */
export interface Kept {
  content: string;
  type: MemoryType;
  title: string | null;
  summary: string | null;
  tags: string[];
  sensitivity: Sensitivity;
  importance: Importance;
  confidence: number;
  expiresAt: Date | null;
  accessLabels: string[];
  metadata: Metadata;
  entities: string[];
}

/** `tenant`, `workflow:<id>` and names stand for themselves; `user` is the caller's own. */
export const spaceOf = (space: string, personId: string): string => (space === 'user' ? `user:${personId}` : space);
/** The space holds what somebody else keeps for themselves. */
export const isForeign = (space: string, personId: string): boolean => space.startsWith('user:') && space !== `user:${personId}`;

const HOUR = 3_600_000;
/** `never`, `12h`, `30d`, from this moment on. */
export function expiryOf(expires: string, at: Date): Date | null {
  if (expires === 'never') return null;
  const hours = Number(expires.slice(0, -1)) * (expires.endsWith('d') ? 24 : 1);
  return new Date(at.getTime() + hours * HOUR);
}

const joined = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())];
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const given = <T extends object>(values: T): Given<T> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>; // prettier-ignore

const DEFAULTS: Omit<Kept, 'content'> = {
  type: 'semantic', title: null, summary: null, tags: [], sensitivity: 'internal', importance: 'medium', confidence: 1, expiresAt: null, accessLabels: [], metadata: {}, entities: [],
}; // prettier-ignore

/** Why the two cannot become one, in words; null when they can. */
export function conflictOf(before: Pick<Kept, 'sensitivity'> | undefined, wish: Wish, strategy: MergeStrategy): string | null {
  if (!before || strategy === 'replace' || wish.sensitivity === undefined || wish.sensitivity === before.sensitivity) return null;
  // What was sealed would come to lie in the clear beside it, or the other way round.
  if ((wish.sensitivity === 'secret') !== (before.sensitivity === 'secret')) return 'a secret memory becomes another only by replacing it, and the other way round';
  return strategy === 'append' ? `what is there is ${before.sensitivity}, and what is to be added is ${wish.sensitivity}` : null;
} // prettier-ignore

/** What was found in a content that stays is still in it; of a secret nothing is known. */
function entitiesAfter(before: Kept | undefined, { entities, content, sensitivity }: Wish): readonly string[] {
  const stays = before?.content === content && (sensitivity ?? before.sensitivity) !== 'secret';
  return entities ?? (stays ? before.entities : []);
}

/**
 * What is kept after a store (workflows.md 6.2). `upsert` and `version` put the new content in the place of the old and keep what else was
 * not said, `append` adds it below, `replace` forgets what was there.
 */
export function mergedOf(before: Kept | undefined, wish: Wish, strategy: MergeStrategy, at: Date): Kept {
  const { expires, tags, accessLabels, metadata, ...rest } = wish;
  const entities = entitiesAfter(before, wish);
  const lists = { tags: tags && [...tags], accessLabels: accessLabels && [...accessLabels], metadata, entities: [...entities] };
  const next = { ...given({ ...rest, ...lists }), ...(expires === undefined ? {} : { expiresAt: expiryOf(expires, at) }) };
  const base = before && strategy !== 'replace' ? before : DEFAULTS;
  const merged: Kept = { ...base, ...next, content: wish.content };
  if (!before || strategy !== 'append') return merged;
  return {
    ...merged,
    content: `${before.content}\n${wish.content}`,
    tags: joined(before.tags, tags ?? []),
    entities: joined(before.entities, entities),
    metadata: { ...before.metadata, ...metadata },
  };
}

/** Characters above what a memory holds; 0 when it fits. */
export const excessOf = ({ content }: Pick<Kept, 'content'>): number => Math.max(0, content.length - MOST_CONTENT);

/** What a model may be told of it to learn what it means; undefined where it must not leave the house. */
export function meaningOf({ sensitivity, title, summary, content }: Pick<Kept, 'sensitivity' | 'title' | 'summary' | 'content'>): string | undefined {
  if (sensitivity === 'secret' || sensitivity === 'confidential') return undefined;
  return [title, summary, content].filter((text) => text !== null).join('\n').slice(0, 8_000); // prettier-ignore
}

/** Things of the platform that memories may be about. */
export const LINKED_KINDS = ['server', 'cloud', 'zone', 'record', 'change', 'member', 'workflow', 'document'] as const;
/** `server:<id>` is a thing, everything else the key of a memory. */
export function linkTarget(to: string): { toType: string; toId: string } {
  const at = to.indexOf(':');
  const kind = to.slice(0, Math.max(0, at));
  return (LINKED_KINDS as readonly string[]).includes(kind) && at + 1 < to.length ? { toType: kind, toId: to.slice(at + 1) } : { toType: 'memory', toId: to };
} // prettier-ignore

const ENTITIES = [
  /\bAS\d{1,10}\b/g,
  /\b(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?\b/g,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4}|:[0-9a-f]{1,4})(?:\/\d{1,3})?(?![\w:])/gi,
  /\b[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b/gi,
  /\b(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}\b/gi,
];
const MOST_ENTITIES = 100;
/** Autonomous systems, addresses, prefixes, mail addresses and names of hosts that stand in a text, each once. */
export const entitiesIn = (text: string): string[] => joined(ENTITIES.flatMap((pattern) => text.match(pattern) ?? [])).slice(0, MOST_ENTITIES);
