import type { Json } from '../../graph.ts';
import { asKey, freeKey } from '../../model/keys.ts';
import type { OperationFact } from '../../validation/index.ts';
import type { JsonSchema } from '../../validation/schema.ts';
import type { SaidNode } from '../answer.ts';
import type { Catalogue, Step } from '../catalogue.ts';
import { wordsOf } from '../words.ts';
import type { Clause } from './clauses.ts';

type Config = Record<string, Json>;

export interface Steps {
  nodes: SaidNode[];
  links: string[];
  unbuilt: { wanted: string; why: string }[];
  /** Inputs that the steps need, for the form of the trigger. */
  fields: Record<string, Json>;
}

/** As much of what is asked has to be met. */
const LEAST = 0.4;

const verbOf = (name: string): string | undefined => wordsOf(name.slice(name.lastIndexOf('.') + 1))[0];

/** Whether words name an Operation. What changes something is never guessed: both its verb and what it is done to have to be said. */
function isNamed({ name, risk }: OperationFact, said: ReadonlySet<string>, covered: number, verbs: ReadonlySet<string | undefined>): boolean {
  const verb = verbOf(name);
  const named = wordsOf(name).some((word) => word !== verb && said.has(word));
  if (!named) return false;
  if (said.has(verb ?? '')) return covered >= LEAST;
  // No read is taken for another verb.
  return risk === 'read' && covered >= 0.7 && ![...said].some((word) => verbs.has(word));
}

/** The Operation that a clause names. */
function operationFor({ search, operations }: Catalogue, text: string): Step | undefined {
  const said = new Set(wordsOf(text));
  const verbs = new Set([...operations.keys()].map(verbOf));
  return search(text).find(({ item: { fact }, covered }) => isNamed(fact, said, covered, verbs))?.item;
}

const singular = (resource: string): string => resource.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
/** `id` of `servers.reboot` is `serverId`. */
const fieldFor = (name: string, field: string): string => (field === 'id' ? `${singular(name.split('.')[0]!)}Id` : field);

/** What a form needs of a schema: references of the Operation's own are of no use in it. */
function formField({ type, enum: some, items }: JsonSchema, title: string): Json {
  const plain = typeof type === 'string' ? { type } : {};
  const of = type === 'array' && typeof items?.type === 'string' ? { items: { type: items.type } } : {};
  return { ...plain, ...of, ...(Array.isArray(some) ? { enum: some as Json[] } : {}), title };
}

const titleOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase()); // prettier-ignore

/** What lists the resource of an Operation; undefined where there is nothing of the kind that the caller may use. */
function listOf({ operations }: Catalogue, name: string): string | undefined {
  const list = `${name.split('.')[0]}.list`;
  return operations.has(list) && (operations.get(list)!.fact.input.required ?? []).length === 0 ? list : undefined;
}

function calling(catalogue: Catalogue, { fact }: Step, each: boolean, start: string, fields: Record<string, Json>): Config {
  const { name, input: schema } = fact;
  const needed = (schema.required ?? []).filter((field) => schema.properties?.[field]?.const === undefined);
  const list = each && needed.includes('id') ? listOf(catalogue, name) : undefined;
  const input: Config = {};
  for (const field of needed) {
    if (field === 'id' && list !== undefined) continue;
    const called = fieldFor(name, field);
    fields[called] = formField(schema.properties?.[field] ?? {}, titleOf(called));
    input[field] = `{{ nodes.${start}.output.${called} }}`;
  }
  return { operation: name, input, ...(list === undefined ? {} : { targets: { operation: list }, each: { id: 'item.id' } }) };
}

const sentence = (text: string): string => text.trim().replace(/^./u, (letter) => letter.toUpperCase());
/** Words of a goal in a field with expressions stay words. */
const quoted = (text: string, most: number): string => sentence(text).replaceAll('{{', '{ {').slice(0, most);

const MAKERS: { [K in Exclude<Clause['kind'], 'do' | 'condition'>]: (clause: Extract<Clause, { kind: K }>) => { type: string; name: string; config: Config } } = {
  wait: ({ value, unit }) => ({ type: 'delay', name: `Wait ${value} ${unit}`, config: { mode: 'for', for: { value, unit } } }),
  approval: ({ text }) => ({ type: 'approval', name: 'Ask for approval', config: { title: quoted(text, 200) } }),
  // Whoever starts it is told: nobody else is known, and a variable would be missing.
  notify: ({ text }) => ({ type: 'notify', name: 'Tell', config: { channel: 'inapp', to: ['{{ actor.email }}'], title: quoted(text, 200), body: '' } }),
  fail: ({ text }) => ({ type: 'fail', name: 'Stop with an error', config: { message: quoted(text, 500) } }),
  email: ({ text, to }) => ({ type: 'email', name: 'Mail', config: { to: [to], subject: quoted(text, 200), text: quoted(text, 1_000) } }),
  http: ({ url, method }) => ({ type: 'http_api', name: `${method} ${URL.parse(url)?.host ?? 'address'}`.slice(0, 100), config: { url, method, auth: 'none', bodyType: method === 'POST' ? 'json' : 'none', ...(method === 'POST' ? { body: '{{ input }}' } : {}) } }),
}; // prettier-ignore

const IT = /\b(?:it|them|es|ihn|sie)\b/iu;
const NOT_FOUND = 'No Operation or type of node that you may use is named by these words.';
const CHOICE = 'A condition needs an expression: add a Conditional where the ways part.';

/** Steps one after the other, behind a node: what is not understood is told, and nothing is guessed. */
export function stepsFor(catalogue: Catalogue, clauses: readonly Clause[], { start, from, taken }: { start: string; from: string; taken: ReadonlySet<string> }): Steps {
  const steps: Steps = { nodes: [], links: [], unbuilt: [], fields: {} };
  const keys = new Set(taken);
  let end = from;
  // What “it” is: the resource of the step before.
  let last = '';
  const append = (wanted: string, node: Omit<SaidNode, 'key' | 'why'>, why: string): void => {
    const key = freeKey(asKey(wanted), keys);
    keys.add(key);
    steps.nodes.push({ ...node, key, why });
    steps.links.push(`${end} -> ${key}`);
    end = node.type === 'approval' ? `${key}:approved` : node.type === 'monitoring' ? `${key}:ok` : key;
  };
  for (const clause of clauses) {
    const why = `“${clause.text.trim().slice(0, 200)}”`;
    if (clause.kind === 'condition') steps.unbuilt.push({ wanted: clause.text, why: CHOICE });
    else if (clause.kind === 'do') {
      const step = operationFor(catalogue, IT.test(clause.text) ? `${clause.text} ${last}` : clause.text);
      last = step ? step.fact.name.split('.')[0]! : last;
      if (!step) steps.unbuilt.push({ wanted: clause.text, why: NOT_FOUND });
      else append(step.fact.name.slice(step.fact.name.lastIndexOf('.') + 1), { type: 'operation', name: step.summary.slice(0, 100), config: calling(catalogue, step, clause.each, start, steps.fields) }, why);
    } else {
      const made = MAKERS[clause.kind](clause as never);
      if (catalogue.types.has(made.type)) append(made.type, made, why);
      else steps.unbuilt.push({ wanted: clause.text, why: NOT_FOUND });
    }
  }
  return steps;
} // prettier-ignore
