import { compilePattern } from '#kernel/cel/regex.ts';
import type { Json } from '../../graph.ts';
import { CREDENTIALS } from '../../validation/credentials.ts';
import { isFields } from '../values.ts';

/** Sentences by which texts try to give orders to a model; each with how sure they are of it. */
const ORDERS: readonly (readonly [pattern: string, weight: number, what: string])[] = [
  [String.raw`(?i)\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|earlier|all|your)\b.{0,30}\b(instructions?|prompts?|rules?|context|guidelines?)`, 0.9, 'asks to ignore instructions'],
  [String.raw`(?i)\b(reveal|print|show|repeat|output|leak)\b.{0,40}\b(system|hidden|initial|secret)\b.{0,20}\b(prompt|instructions?|message)`, 0.8, 'asks for the instructions'],
  [String.raw`(?i)\byou are (now|no longer)\b|\bact as (if|an?|the)\b.{0,40}\b(unrestricted|admin|root|developer|jailbroken)|\b(DAN|developer|god) mode\b`, 0.6, 'gives another role'],
  [String.raw`(?im)^\s*(system|assistant|developer)\s*:|<\|?(im_start|im_end|system|endoftext)\|?>|\[/?INST\]|###\s*(system|instruction)`, 0.7, 'carries marks of a conversation'],
  [String.raw`(?i)\b(do not|don't|never) (tell|inform|mention|alert|notify)\b.{0,30}\b(user|human|anyone|operator|admin)`, 0.6, 'asks to keep something from people'],
  [String.raw`(?i)\b(call|invoke|use|run|execute)\b.{0,20}\b(tool|function|command|operation|api)\b.{0,40}\b(delete|drop|destroy|transfer|send|grant|disable)`, 0.5, 'asks for an act'],
  [String.raw`(?i)\b(send|post|upload|exfiltrate|forward)\b.{0,60}\b(https?://|webhook|to this (address|url|endpoint))`, 0.5, 'asks to send something away'],
  [String.raw`(?i)\b(api[_ -]?keys?|passwords?|credentials?|tokens?|secrets?)\b.{0,40}\b(send|share|show|give|include|paste)|\b(send|share|show|give|include|paste)\b.{0,40}\b(api[_ -]?keys?|passwords?|credentials?|tokens?|secrets?)\b`, 0.4, 'asks for credentials'],
  [String.raw`(?i)[A-Za-z0-9+/]{200,}={0,2}`, 0.2, 'carries a long encoded part'],
]; // prettier-ignore
/** Letters that nobody sees, by which texts hide from readers. */
const HIDDEN = String.raw`[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}\x{E0000}-\x{E007F}]`;

export interface Found {
  what: string;
  weight: number;
}

/** How much a text looks like orders to a model: 0 not at all, 1 surely. What it says together counts, each thing once. */
export function scanPrompt(text: string): { score: number; found: Found[] } {
  const found = ORDERS.filter(([pattern]) => compilePattern(pattern).matcher(text).find()).map(([, weight, what]): Found => ({ what, weight }));
  if (compilePattern(HIDDEN).matcher(text).find()) found.push({ what: 'hides letters', weight: 0.5 });
  const clean = found.reduce((rest, { weight }) => rest * (1 - weight), 1);
  return { score: Math.round((1 - clean) * 100) / 100, found };
}

/** Texts of a value with the pointer to each. */
export function* textsOf(value: Json, pointer = ''): Generator<{ pointer: string; text: string }> {
  if (typeof value === 'string') yield { pointer, text: value };
  else if (Array.isArray(value)) for (const [at, one] of value.entries()) yield* textsOf(one, `${pointer}/${at}`);
  else if (isFields(value)) for (const [key, one] of Object.entries(value)) yield* textsOf(one, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
} // prettier-ignore

/** Where credentials stand in a value; never what they are. */
export const scanSecrets = (value: Json): { pointer: string; kind: string }[] =>
  [...textsOf(value)].flatMap(({ pointer, text }) => CREDENTIALS.filter(({ pattern }) => pattern.test(text)).map(({ kind }) => ({ pointer, kind })));

/** Addresses, numbers and the like that tell who somebody is. */
const PERSONAL: readonly RegExp[] = [
  /\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}\b/g,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g,
  /\b(?:\d[ -]?){12,18}\d\b/g,
  /\b\d{3}-\d{2}-\d{4}\b/g,
  /(?<![\w.])\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}\b/g,
];

export interface Redaction {
  secrets: boolean;
  personal: boolean;
  patterns: readonly string[];
  replacement: string;
}

/** A value with what must not be seen replaced, and how often that was. */
export function redact(value: Json, { secrets, personal, patterns, replacement }: Redaction): { value: Json; count: number } {
  let count = 0;
  const hide = (text: string, pattern: RegExp): string => text.replace(new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`), () => (count++, replacement)); // prettier-ignore
  const hideOwn = (text: string, pattern: string): string => {
    const matcher = compilePattern(pattern).matcher(text);
    let [made, end] = ['', 0];
    while (matcher.find()) {
      if (matcher.end() === matcher.start()) continue;
      made += text.slice(end, matcher.start()) + replacement;
      end = matcher.end();
      count++;
    }
    return made + text.slice(end);
  };
  const clean = (text: string): string => {
    const known = [...(secrets ? CREDENTIALS.map(({ pattern }) => pattern) : []), ...(personal ? PERSONAL : [])];
    return patterns.reduce(hideOwn, known.reduce(hide, text));
  };
  const visit = (one: Json): Json => {
    if (typeof one === 'string') return clean(one);
    if (Array.isArray(one)) return one.map(visit);
    return isFields(one) ? Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, visit(inner)])) : one;
  };
  return { value: visit(value), count };
}
