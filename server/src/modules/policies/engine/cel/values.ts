import { LIMITS } from '#kernel/cel/limits.ts';
import { Shape } from '#kernel/cel/scalars.ts';
import type { ResourceFacts } from '../facts.ts';
import type { Json } from '../types.ts';
import { Resource } from './objects.ts';

/** Stands for a text that is longer than expressions may read: CEL does not know its type, so whatever touches it is an error. */
class Oversized extends Shape {}

/** JSON as CEL knows it: whole numbers are `int` (bigint), other numbers `double`. */
export function toCel(value: Json): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return value.length > LIMITS.text ? new Oversized() : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value === null || typeof value === 'boolean') return value;
  return toMap(value);
}

/** A Map, so that a key such as `constructor` is a key like others. */
export function toMap(value: Record<string, Json | undefined> | undefined): Map<string, unknown> {
  const map = new Map<string, unknown>();
  for (const [key, one] of Object.entries(value ?? {})) if (one !== undefined) map.set(key, toCel(one));
  return map;
}

/** A whole number; estimates come as fractions of seconds. */
export const toInt = (value: number | null | undefined): bigint | undefined => (value == null ? undefined : BigInt(Math.ceil(value)));
/** Absent is absent: `has()` tells, and reading it is an error. */
export const present = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
export const text = (value: string | null | undefined): unknown =>
  value != null && value.length > LIMITS.text ? new Oversized() : (value ?? undefined);
const texts = (values: readonly string[] | undefined): string[] => [...(values ?? [])];

const toDate = (value: string | null | undefined): Date | undefined => (value == null ? undefined : new Date(value));

export const toResource = ({ type, id, name, environment, labels, groups, owner, health, capabilities, lastChangeAt }: ResourceFacts): Resource =>
  new Resource({
    type,
    id,
    name: text(name),
    environment: present(environment),
    labels: toMap(labels),
    groups: texts(groups),
    owner: present(owner),
    health: present(health),
    capabilities: texts(capabilities),
    lastChangeAt: toDate(lastChangeAt),
  });

const MOST_LETTERS = 256;
const MOST_ITEMS = 30;
const MOST_DEPTH = 4;

const objectFrom = (value: object, depth: number): Json => {
  const entries = (value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value)).filter(([, one]) => one !== undefined);
  if (entries.length === 0 && !(value instanceof Map)) return String(value);
  return Object.fromEntries(entries.slice(0, MOST_ITEMS).map(([key, one]) => [key, fromCel(one, depth + 1)]));
};

/** A value of CEL as JSON, for traces. Long ones are cut: a trace is read by people. */
export function fromCel(value: unknown, depth = 0): Json {
  if (depth > MOST_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((one) => fromCel(one, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return value && objectFrom(value, depth);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  const written = String(value);
  return written.length > MOST_LETTERS ? `${written.slice(0, MOST_LETTERS)}…` : written;
}
