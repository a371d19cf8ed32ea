import { compileSet, type CompiledSet } from '../compile.ts';
import { parseSet } from '../document/parse.ts';
import { evaluate } from '../evaluate.ts';
import type { Catalogue, CompileOptions } from '../facts.ts';
import type { Ruling } from '../ruling.ts';
import { testFacts } from '../test-facts.ts';
import type { Fault, Given, Phase, PolicySet } from '../types.ts';

/** A document around some rules, each one a line of YAML in flow style. */
export const documentOf = (rules: readonly string[], spec = '', name = 'guardrails'): string =>
  [
    'apiVersion: switchyard/v1',
    'kind: PolicySet',
    `metadata: { name: ${name} }`,
    'spec:',
    ...(spec === '' ? [] : [spec]),
    rules.length > 0 ? '  policies:' : '  policies: []',
    ...rules.map((rule) => `    - ${rule}`),
  ].join('\n');

export function readSet(text: string): PolicySet {
  const { set, faults } = parseSet(text);
  if (!set) throw new Error(faults.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'));
  return set;
}

export function compiled(text: string, options: CompileOptions = {}, catalogue: Catalogue = []): CompiledSet {
  const done = compileSet(readSet(text), catalogue, options);
  if (Array.isArray(done)) throw new Error(done.map(({ message }) => message).join('\n'));
  return done;
}

export const rules = (...all: string[]): CompiledSet => compiled(documentOf(all));

export function faultsOf(text: string, catalogue: Catalogue = []): Fault[] {
  const { set, faults } = parseSet(text);
  if (!set) return faults;
  const done = compileSet(set, catalogue);
  return Array.isArray(done) ? done : faults;
}

export const ask = (sets: CompiledSet | readonly CompiledSet[], given: Given, phase: Phase = 'request'): Ruling =>
  evaluate([sets].flat(), testFacts(given), phase);
