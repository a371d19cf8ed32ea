import type { SearchType } from '#kernel/recall/fields.ts';
import type { Json } from '../../../graph.ts';
import { NodeError, type NodeRun } from '../../declare.ts';
import { isFields } from '../../values.ts';

export const STORES = ['builtin', 'qdrant', 'weaviate', 'pinecone', 'chroma'] as const;
export type StoreName = (typeof STORES)[number];

/** Ways that each store can be searched. Qdrant, Pinecone and Chroma rank by vectors alone where nothing else than vectors was put in. */
export const MODES: Readonly<Record<StoreName, readonly SearchType[]>> = {
  builtin: ['semantic', 'keyword', 'hybrid'],
  qdrant: ['semantic'],
  weaviate: ['semantic', 'keyword', 'hybrid'],
  pinecone: ['semantic'],
  chroma: ['semantic'],
};

/** Where to ask, with what, and how. */
export interface Place {
  run: NodeRun;
  endpoint: string;
  index: string;
  namespace: string | undefined;
  apiKey: string | undefined;
  vectorName: string | undefined;
  textField: string | undefined;
  mode: SearchType;
}

/** What is asked: `vector` is there in every way but `keyword`. */
export interface Question {
  text: string;
  vector: readonly number[] | undefined;
  /** Entries at most. */
  limit: number;
  conditions: readonly Condition[];
}

/** An entry of a store. */
export interface Entry {
  id: string;
  /** 0 to 1. */
  score: number;
  /** Null where the field that was named holds none. */
  text: string | null;
  metadata: { [name: string]: Json };
}

/** An index that was found to be there. */
export interface Opened {
  /** How many numbers its vectors have; null when it does not say. */
  dimension: number | null;
  search: (question: Question) => Promise<Entry[]>;
}

/** A store elsewhere. Throws NodeError: `auth` for a key that is refused, `config` for what is not there, `transient` for what passes. */
export type OpenStore = (place: Place) => Promise<Opened>;

export const wrong = (message: string): NodeError => new NodeError('node-config-invalid', 'config', message);

export type Plain = string | number | boolean;
/** A field that is one of these values. */
export interface Condition {
  field: string;
  values: readonly Plain[];
  /** Said as a list. */
  isList: boolean;
}

const isPlain = (value: Json): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

/** Filters as every store can be told them: a value, or a list of which one is enough. Throws NodeError for what is neither. */
export function conditionsOf(filters: Readonly<Record<string, Json>> = {}): Condition[] {
  return Object.entries(filters).map(([field, value]) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every(isPlain))
      throw wrong(`The filter "${field.slice(0, 100)}" must be a text, a number, true or false, or a list of them that is not empty.`);
    return { field, values, isList: Array.isArray(value) };
  });
}

const within01 = (score: number): number => (Number.isFinite(score) ? Math.min(1, Math.max(0, score)) : 0);
/** A cosine or a dot product as a score: what points away scores 0. */
export const ofLikeness = (likeness: number): number => within01(likeness);
/** A distance from 0 upwards as a score: 1 where there is none. */
export const ofDistance = (distance: number): number => within01(1 / (1 + Math.max(0, distance)));

/** What lies under a name, or under a way of names joined by dots. */
export function fieldOf(fields: { [name: string]: Json }, name: string): Json | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  return name.split('.').reduce<Json | undefined>((here, part) => (isFields(here) && Object.hasOwn(here, part) ? here[part] : undefined), fields);
}

export const textIn = (fields: { [name: string]: Json }, name: string): string | null => {
  const found = fieldOf(fields, name);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
};
