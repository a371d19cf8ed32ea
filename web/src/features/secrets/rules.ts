import type { ValueType } from './value-types.ts';

/** Rules of names, places and values, as far as a form can tell them early; the server decides. */
const NAME = /^[A-Z_][A-Z0-9_]{2,63}$/;
const RESERVED = ['SWITCHYARD_', 'SYSTEM_', 'INTERNAL_', 'NODE_', 'REACT_APP_'];

export type NameFault = { kind: 'form' } | { kind: 'reserved'; prefix: string };

/** Why a name cannot be; null when it can, or when there is none yet. */
export function nameFault(name: string): NameFault | null {
  if (name === '') return null;
  const prefix = RESERVED.find((one) => name.startsWith(one));
  if (prefix) return { kind: 'reserved', prefix };
  return NAME.test(name) ? null : { kind: 'form' };
}

/** As names are written: what is typed in small letters, with blanks or hyphens, becomes the name that is meant. */
export const asName = (typed: string): string => typed.toUpperCase().replace(/[\s.-]/g, '_');

const PROJECT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const ENVIRONMENT = /^[a-z][a-z0-9-]{0,30}$/;
export const isProject = (text: string): boolean => PROJECT.test(text);
/** Empty stands for all environments. */
export const isEnvironment = (text: string): boolean => text === '' || ENVIRONMENT.test(text);

export type ValueFault = 'json' | 'url' | 'number' | 'long' | 'lines';

const LONGEST = 64 * 1024;
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const isOneLine = (text: string): boolean => !/[\r\n]/.test(text);
const FITS: Record<ValueType, (text: string) => boolean> = {
  secret: isOneLine,
  text: isOneLine,
  multiline: () => true,
  url: (text) => URL.canParse(text) && !/\s/.test(text),
  number: (text) => /^-?(?:\d+|\d*\.\d+)(?:[eE][+-]?\d+)?$/.test(text),
  json: isJson,
};

/** What is wrong with a value of a type; null when nothing is, or when there is none yet. */
export function valueFault(type: ValueType, value: string): ValueFault | null {
  if (value === '') return null;
  if (new TextEncoder().encode(value).length > LONGEST) return 'long';
  if (FITS[type](value)) return null;
  return type === 'json' || type === 'url' || type === 'number' ? type : 'lines';
}

const TAG = /^([a-z0-9][a-z0-9._/-]{0,62})(?:=(\S{0,63}))?$/;
const MOST_TAGS = 32;
/** Reads `tier=edge team=shop`; null when a word is no tag or there are more than 32. */
export function tagsOf(text: string): Record<string, string> | null {
  const found = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => TAG.exec(word));
  if (found.length > MOST_TAGS || found.includes(null)) return null;
  return Object.fromEntries(found.map((pair) => [pair![1]!, pair![2] ?? '']));
}

const DAY_MS = 86_400_000;
/** How near an end is; soon is within 30 days, when the first reminder is sent. */
export const nearness = (at: string, now: number): 'over' | 'soon' | 'later' =>
  Date.parse(at) <= now ? 'over' : Date.parse(at) - now <= 30 * DAY_MS ? 'soon' : 'later';
