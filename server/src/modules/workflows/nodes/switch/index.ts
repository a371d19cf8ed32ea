import { z } from 'zod';
import { isMissing } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type PortDeclaration, type RawConfig, type Result } from '../declare.ts';
import { expr } from '../fields.ts';
import { canonical, isFields } from '../values.ts';

/** More would not be told apart on the canvas. */
const MOST_CASES = 20;
const PORT = /^[A-Za-z][A-Za-z0-9 _-]{0,39}$/;
const TAKEN: ReadonlySet<string> = new Set(['default', 'error']);

const Case = z.object({
  name: z.string().regex(PORT, 'Letters, digits, spaces, _ and -, beginning with a letter; at most 40').meta({ title: 'Port', expression: 'none' }),
  equals: expr({ title: 'The value equals', examples: ['"ready"'] }).optional(),
  when: expr({ title: 'Or when', examples: ['input.load > 0.9'] }).optional(),
}); // prettier-ignore
type Case = z.output<typeof Case>;

const Config = z.object({
  mode: z.enum(['rules', 'value']).default('rules').meta({ title: 'Decides by', help: 'A rule in each case, or one value that cases are compared with' }),
  value: expr({ title: 'Value', examples: ['input.status'] }).optional().meta({ showWhen: { field: 'mode', values: ['value'] } }),
  cases: z.array(Case).min(1).max(MOST_CASES).meta({ title: 'Cases' }),
  default: z.boolean().default(true).meta({ title: 'A port for everything else' }),
  allMatches: z.boolean().default(false).meta({ title: 'Every case that fits', help: 'Not the first alone' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const outputsOf = ({ cases, default: otherwise = true }: RawConfig): PortDeclaration[] => {
  const names = (Array.isArray(cases) ? cases : []).flatMap((one) => (isFields(one) && typeof one['name'] === 'string' && one['name'] !== '' ? [one['name']] : []));
  return [...new Set(names), ...(otherwise === true ? ['default'] : []), 'error'].map((name) => ({ name }));
}; // prettier-ignore

/** What is not there fits no case. */
function look(run: NodeRun, source: string): Json | undefined {
  try {
    return run.evaluate(source);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function fits(run: NodeRun, { name, equals, when }: Case, value: string | undefined): boolean {
  if (equals !== undefined) {
    const wanted = value === undefined ? undefined : look(run, equals);
    return wanted !== undefined && canonical(wanted) === value;
  }
  const holds = when === undefined ? false : look(run, when);
  if (holds !== undefined && typeof holds !== 'boolean')
    throw new NodeError('type-error', 'expression', `the rule of case "${name}" must give true or false`);
  return holds ?? false;
}

function firstOf<T>(all: readonly T[], fit: (one: T) => boolean): T[] {
  const first = all.find(fit);
  return first === undefined ? [] : [first];
}

function decide(run: NodeRun, { value, cases, default: otherwise, allMatches }: Config): Result {
  const found = value === undefined ? undefined : look(run, value);
  const text = found === undefined ? undefined : canonical(found);
  const fitting = allMatches ? cases.filter((one) => fits(run, one, text)) : firstOf(cases, (one) => fits(run, one, text));
  const ports = fitting.map(({ name }) => name);
  if (ports.length > 0) return { outputs: Object.fromEntries(ports.map((name) => [name, run.input])) };
  return { outputs: otherwise ? { default: run.input } : {} };
}

/** What is wrong with one case, by the field of it. */
function* caseFaults({ name = '', equals, when }: Partial<Case>, compares: boolean, isTaken: boolean): Generator<[pointer: string, message: string]> {
  if (TAKEN.has(name)) yield ['/name', `"${name}" is the name of another port`];
  if (isTaken) yield ['/name', `There is a case "${name}" already`];
  if ((equals === undefined) === (when === undefined)) yield ['', 'A case has either a value to equal or a rule'];
  else if (equals !== undefined && !compares) yield ['/equals', 'There is no value to compare with; write a rule'];
}

function check({ mode = 'rules', value, cases }: RawConfig): OwnFinding[] {
  const say = (pointer: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer, message });
  const all = (Array.isArray(cases) ? cases : []).map((one) => (isFields(one) ? one : {}) as Partial<Case>);
  const lacks = mode === 'value' && value === undefined ? [say('/value', 'The value that cases are compared with is missing')] : [];
  const wrong = all.flatMap((one, at) =>
    [...caseFaults(one, mode === 'value' || value !== undefined, all.findIndex(({ name }) => name === one.name) < at)].map(([pointer, message]) => say(`/cases/${at}${pointer}`, message)),
  );
  return [...lacks, ...wrong];
} // prettier-ignore

/** One of several ways. */
export const switchNode = defineNode({
  type: 'switch',
  version: 1,
  label: 'Switch',
  icon: 'shuffle',
  category: 'flow',
  summary: 'Go one of several ways',
  docs: `Hands its input on at the port of the first case that fits; with \`allMatches\` at the ports of all of them. What fits no case leaves at \`default\`, or goes nowhere when there is no such port.

In mode \`value\` one value is compared with what each case \`equals\`; in mode \`rules\` each case has an expression in \`when\`. A value that is not there fits no case. At most ${MOST_CASES} cases; each has a port of its name.

\`\`\`json
{ "mode": "value", "value": "input.status", "cases": [{ "name": "up", "equals": "\\"up\\"" }, { "name": "down", "equals": "\\"down\\"" }] }
\`\`\``,
  config: Config,
  example: { mode: 'value', value: 'input.status', cases: [{ name: 'up', equals: '"up"' }, { name: 'down', equals: '"down"' }] }, // prettier-ignore
  defaults: { mode: 'rules', cases: [{ name: 'first', when: 'true' }] },
  inputs: MAIN_IN,
  outputs: outputsOf,
  portRules: { outputs: { kind: 'cases', field: 'cases', always: [{ name: 'default', label: 'Otherwise' }, { name: 'error', label: 'Error' }] } }, // prettier-ignore
  effect: 'pure',
  timeoutSeconds: 1,
  check,
  run: decide,
});
