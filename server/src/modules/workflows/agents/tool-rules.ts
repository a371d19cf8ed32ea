import type { AnyOperation, Risk } from '#kernel/operation.ts';
import { secretsIn } from '#kernel/sensitive.ts';
import type { Json } from '../graph.ts';
import type { ToolNode } from '../nodes/tools.ts';
import { answersFromOutside, isSource } from '../taint/rules.ts';
import type { OperationFact } from '../validation/facts.ts';

/** Something that a model may call. */
export interface Offered {
  /** As the model knows it: `[a-zA-Z0-9_-]{1,64}`. */
  name: string;
  kind: 'node' | 'operation' | 'workflow';
  /** Key of the node, name of the Operation, or id of the workflow. */
  target: string;
  description: string;
  /** JSON Schema of an object. */
  schema: Json;
  risk: Risk;
  /** What the agent remembers with: it acts on nothing but memories. */
  memory: boolean;
  /** What it answers comes from outside. */
  outside: boolean;
  /** What it takes and answers is shown to nobody but the model. */
  sensitive: boolean;
  /** Fields of what a node is called with that fill secret fields of an Operation. */
  secrets: readonly string[];
  /** Operations that whoever gives it other arguments has to be allowed to call. */
  needs: readonly string[];
}

/** Tools that are shown at once; of more than that the others are found by words (workflows.md 11.2). */
export const MOST_OFFERED = 64;

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };
const highest = (risks: readonly Risk[]): Risk => risks.reduce<Risk>((most, one) => (RANK[one] > RANK[most] ? one : most), 'read');

/** `servers.*` is all of a module, `*` everything. */
const matches = (pattern: string, name: string): boolean =>
  pattern === '*' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));

export const isWanted = (name: string, { operations, deny }: { operations: readonly string[]; deny: readonly string[] }): boolean =>
  operations.some((one) => matches(one, name)) && !deny.some((one) => matches(one, name));

/** Types that decide on the graph around them, or that wait for somebody outside: they are no tools. */
const NO_TOOLS: ReadonlySet<string> = new Set(['ai_agent', 'planner', 'respond', 'wait_event', 'approval']);
export const canBeTool = ({ type }: Pick<ToolNode, 'type'>): boolean => type.control === undefined && !NO_TOOLS.has(type.type);

/** The risk of what a node does: of the Operations it calls, and of writing where it acts in another way. */
export function riskOf({ type, config, effect, held = false }: Pick<ToolNode, 'type' | 'config' | 'effect'> & Partial<Pick<ToolNode, 'held'>>, operations: ReadonlyMap<string, Pick<AnyOperation, 'risk'>>): Risk {
  if (held) return 'high';
  const called = (type.operations?.(config) ?? []).map((name) => operations.get(name)?.risk ?? 'high');
  const own: Risk = effect === 'effect' || type.type === 'sub_workflow' ? 'write' : 'read';
  return highest(effect === 'read' && called.every((risk) => risk === 'read') ? ['read'] : [...called, own]);
} // prettier-ignore

/** What a call that is no Operation itself needs at least: the right to have workflows act. */
const RUN = 'workflows.execute';

const isFields = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of an Operation that is filled with a field of the input as it stands takes what that field takes. */
function typeOfField({ type, config }: ToolNode, field: string, facts: ReadonlyMap<string, OperationFact>): Json {
  if (type.type !== 'operation' || !isFields(config['input'])) return {};
  const properties = facts.get(String(config['operation']))?.input.properties ?? {};
  const [name] = Object.entries(config['input']).find(([, text]) => typeof text === 'string' && text.replaceAll(/\s/g, '') === `{{input.${field}}}`) ?? [];
  const schema = name === undefined ? undefined : properties[name];
  return schema && !JSON.stringify(schema).includes('$ref') ? (schema as unknown as Json) : {};
} // prettier-ignore

/** What a node reads of its `input` is what it is called with. */
function schemaOfNode(node: ToolNode, facts: ReadonlyMap<string, OperationFact>): Json {
  const text = JSON.stringify(node.config);
  const fields = [...new Set([...text.matchAll(/\binput\.\??([A-Za-z_]\w*)/g)].map(([, name]) => name!))];
  const whole = fields.length === 0 || /\binput\b(?!\s*[.\w"])/.test(text);
  const properties = Object.fromEntries(fields.map((field) => [field, typeOfField(node, field, facts)]));
  const required = fields.filter((field) => !new RegExp(`input\\.\\?${field}\\b`).test(text));
  return { type: 'object', properties, required, additionalProperties: whole };
}

/** Fields of `input` that a node puts where an Operation takes what nobody is shown. */
function secretFields({ type, config }: ToolNode, operations: ReadonlyMap<string, Pick<AnyOperation, 'input'>>): string[] {
  const found = (type.operations?.(config) ?? []).flatMap((name) => {
    const schema = operations.get(name)?.input;
    return schema && isFields(config['input']) ? [secretsIn(schema, config['input'])] : [];
  });
  return [...new Set([...JSON.stringify(found).matchAll(/\binput\.\??([A-Za-z_]\w*)/g)].map(([, name]) => name!))];
}

/** What forms read and models do not. */
function lean(node: unknown, named = false): unknown {
  if (Array.isArray(node)) return node.map((one) => lean(one));
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => named || !['widget', 'help', 'examples', '$schema', 'id'].includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, lean(value, !named && (key === 'properties' || key === '$defs'))]));
}

const SPEAKS: Record<Risk, string> = {
  read: 'Changes nothing.',
  write: 'Changes something: say why in _reason.',
  high: 'High risk: people are asked first; say why in _reason.',
};
const MOST_WORDS = 1_024;
const described = (text: string, risk: Risk): string => `${text.slice(0, MOST_WORDS)}\n${SPEAKS[risk]}`;

export const nodeTool = (node: ToolNode, operations: ReadonlyMap<string, AnyOperation>, facts: ReadonlyMap<string, OperationFact>): Offered => {
  const risk = riskOf(node, operations);
  const { key, name, description, type, config, via, readsOutside, sensitive } = node;
  const words = `${name}. ${description === '' ? type.summary : description}`;
  return { name: key, kind: 'node', target: key, description: described(words, risk), schema: schemaOfNode(node, facts), risk, memory: via === 'memory', outside: readsOutside || isSource(type, config), sensitive, secrets: secretFields(node, operations), needs: [RUN, ...(type.operations?.(config) ?? [])] };
}; // prettier-ignore

export const operationTool = ({ name, summary, description = '', risk }: AnyOperation, { input }: OperationFact): Offered => ({
  name: name.replaceAll('.', '_').slice(0, 64), kind: 'operation', target: name, description: described(`${summary}. ${description}`, risk), schema: lean(input) as Json, risk,
  memory: false, outside: answersFromOutside(name), sensitive: false, secrets: [], needs: [name],
}); // prettier-ignore

export const workflowTool = ({ id, slug, name, description, schema }: { id: string; slug: string; name: string; description: string; schema: Json }): Offered => ({
  name: `run_${slug}`.slice(0, 64), kind: 'workflow', target: id, description: described(`Runs the workflow "${name}". ${description}`, 'write'), schema, risk: 'write', memory: false, outside: true, sensitive: false, secrets: [], needs: [RUN],
}); // prettier-ignore

/** Names are told apart: what hangs on the agent comes before what it may call besides. */
export function distinct(tools: readonly Offered[]): Offered[] {
  const found = new Map<string, Offered>();
  for (const tool of tools) if (!found.has(tool.name)) found.set(tool.name, tool);
  return [...found.values()];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** Tools by words, best first. */
export function search(tools: readonly Offered[], query: string, most = 8): Offered[] {
  const wanted = new Set(wordsOf(query));
  const score = ({ name, target, description }: Offered): number => {
    const names = wordsOf(`${name.replaceAll('_', ' ')} ${target.replaceAll('.', ' ')}`);
    const words = wordsOf(description);
    return [...wanted].reduce((sum, word) => sum + (names.includes(word) ? 3 : 0) + (words.includes(word) ? 1 : 0), 0);
  };
  const scored = tools.map((tool) => ({ tool, points: score(tool) })).filter(({ points }) => points > 0);
  return scored.sort((a, b) => b.points - a.points || (a.tool.name < b.tool.name ? -1 : 1)).slice(0, most).map(({ tool }) => tool); // prettier-ignore
}
