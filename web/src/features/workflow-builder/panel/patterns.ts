import type { OperationInfo } from '../state/types-of.ts';

/** `servers.list` is itself, `servers.*` all of a module, `*` everything. */
const fits = (pattern: string, name: string): boolean =>
  pattern === '*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** Operations that an agent is offered: those that fit, less what is denied and what this person may not do. */
export const offered = (operations: readonly OperationInfo[], wanted: unknown, denied: unknown): OperationInfo[] =>
  operations.filter(
    ({ name, allowed }) => allowed && listOf(wanted).some((pattern) => fits(pattern, name)) && !listOf(denied).some((pattern) => fits(pattern, name)),
  );

/** Patterns of whole modules, of those that there are. */
export const modulesOf = (operations: readonly OperationInfo[]): string[] =>
  [...new Set(operations.filter(({ name }) => name.includes('.')).map(({ name }) => `${name.slice(0, name.indexOf('.'))}.*`))].sort();
