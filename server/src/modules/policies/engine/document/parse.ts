import type { z } from 'zod';
import type { Fault, PolicySet } from '../types.ts';
import { setOf } from './convert.ts';
import { Document, FIELDS, POLICY_TYPES, type DocumentSource } from './schema.ts';
import { isShortForm, ShortForm, spellOut } from './short-form.ts';
import { readSource, type Path, type Source } from './source.ts';
import { zoneOf } from './values.ts';

export interface Parsed {
  set?: PolicySet;
  /** Errors, and then there is no set, or warnings beside one. */
  faults: Fault[];
}

/** Letters that must be changed, added or taken away to get from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (char === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

function advice(name: string): string {
  const [best] = [...new Set(FIELDS)]
    .map((field) => ({ field, far: distance(name.toLowerCase(), field.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= 2 && best.field !== name ? `; did you mean "${best.field}"?` : '';
}

type Issue = z.core.$ZodIssue;

function messageOf(issue: Issue, missing: boolean): string {
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') return `must be one of ${POLICY_TYPES.join(', ')}`;
  if (missing) return 'is required';
  return issue.message.replace(/^Invalid (?:input|option): /, '').replace(/^expected /, 'must be ');
}

const lookUp = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, part) => (typeof found === 'object' && found !== null ? (found as Record<string | number, unknown>)[part] : undefined),
    content,
  );

/** What a schema does not like, with the place where it stands. */
function faultsOf(issues: readonly Issue[], source: Source): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => source.fault(path, `unknown field "${key}"${advice(key)}`, { key }));
    const name = path.at(-1);
    const missing = lookUp(source.content, path) === undefined;
    const message = messageOf(issue, missing);
    return [source.fault(path, typeof name === 'string' ? `${name} ${message}` : message)];
  });
}

function twice(document: DocumentSource, source: Source): Fault[] {
  const seen = new Set<string>();
  return document.spec.policies.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [source.fault(['spec', 'policies', at, 'id'], `there is a policy "${id}" already`)];
  });
}

/** Zones that are abbreviations stay what they say, which is seldom what is meant. */
function zoneWarnings(document: DocumentSource, source: Source): Fault[] {
  const warn = (zone: string | undefined, path: Path): Fault[] => {
    const warning = zone === undefined ? undefined : zoneOf(zone)?.warning;
    return warning ? [source.fault(path, warning, { severity: 'warning' })] : [];
  };
  const ofRules = document.spec.policies.flatMap((policy, at) =>
    policy.type === 'time-window' ? warn(policy.timeWindow.timezone, ['spec', 'policies', at, 'timeWindow', 'timezone']) : [],
  );
  return [...warn(document.spec.timezone, ['spec', 'timezone']), ...ofRules];
}

/** Positions of a short form under the names that its rules have once they are spelt out. */
const longPointers = (positions: PolicySet['positions']): PolicySet['positions'] =>
  Object.fromEntries(
    Object.entries(positions).map(([pointer, position]) => [pointer.startsWith('/policies') ? `/spec${pointer}` : pointer, position]),
  );

function parseShort(source: Source): Parsed {
  const read = ShortForm.safeParse(source.content);
  if (!read.success) return { faults: faultsOf(read.error.issues, source) };
  const { document, troubles } = spellOut(read.data);
  const faults = troubles.map(({ path, message, severity }) => source.fault(path, `${String(path.at(-1))} ${message}`, { severity }));
  if (faults.some(({ severity }) => severity === 'error')) return { faults };
  const spelt = Document.safeParse(document);
  if (!spelt.success) return { faults: spelt.error.issues.map((issue) => source.fault(issue.path.slice(1).filter((part) => typeof part !== 'symbol'), issue.message)) };
  const wrong = twice(spelt.data, source);
  return wrong.length > 0 ? { faults: wrong } : { set: setOf(spelt.data, longPointers(source.positions())), faults };
} // prettier-ignore

/** Reads a policy document, YAML or JSON. Says of everything that is wrong where it stands; expressions are looked at by `compileSet`. */
export function parseSet(text: string): Parsed {
  const { source, faults } = readSource(text);
  if (!source) return { faults };
  if (isShortForm(source.content)) return parseShort(source);
  const read = Document.safeParse(source.content);
  if (!read.success) return { faults: faultsOf(read.error.issues, source) };
  const wrong = twice(read.data, source);
  if (wrong.length > 0) return { faults: wrong };
  return { set: setOf(read.data, source.positions()), faults: zoneWarnings(read.data, source) };
}
