import type { Json } from '../graph.ts';
import { NodeError } from '../nodes/declare.ts';

/** One input of a Merge that something came to. */
export interface MergeInput {
  /** Name of the port, such as `in1`. */
  port: string;
  /** Key of the node that it came from. */
  from: string;
  value: Json;
}

export interface Combining {
  combine: 'object' | 'append' | 'zip' | 'join' | 'pick' | 'deep_merge';
  /** Of `pick`: the port whose value is handed on. */
  input?: string | undefined;
  /** Of `join`. */
  joinType?: 'inner' | 'left' | 'outer';
  /** Of `join`: what items are matched by. */
  keyOf?: (item: Json) => Json;
}

type Fields = { [key: string]: Json };
const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);

/** Objects into each other, the later one first where both say something; lists one behind the other. */
export function deepMerge(a: Json, b: Json): Json {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  if (!isFields(a) || !isFields(b)) return b;
  // Not by assignment: a field may be called `__proto__`, and is a field like any other.
  return Object.fromEntries([
    ...Object.entries(a),
    ...Object.entries(b).map(([key, value]): [string, Json] => [key, Object.hasOwn(a, key) ? deepMerge(a[key]!, value) : value]),
  ]);
}

function zip(inputs: readonly MergeInput[]): Json {
  const lists = inputs.map(({ value }) => listOf(value));
  return Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, at) => lists.map((list) => list[at] ?? null));
}

/** Items of the first two inputs that have the same key, as one object each. */
function join([left, right]: readonly MergeInput[], { joinType = 'inner', keyOf }: Combining): Json {
  if (!keyOf) throw new NodeError('config-invalid', 'config', 'A join needs a key to match by.');
  const [one, other] = [listOf(left?.value ?? []), listOf(right?.value ?? [])];
  const textOf = (item: Json): string => JSON.stringify(keyOf(item));
  const byKey = Map.groupBy(other, textOf);
  const met = new Set<string>();
  const both = one.flatMap((item): Json[] => {
    const partners = byKey.get(textOf(item));
    met.add(textOf(item));
    if (partners) return partners.map((partner) => deepMerge(item, partner));
    return joinType === 'inner' ? [] : [item];
  });
  return joinType === 'outer' ? [...both, ...other.filter((item) => !met.has(textOf(item)))] : both;
}

/** What a Merge makes of its inputs, given in the order of its ports (workflows.md 6.4). */
export function combine(inputs: readonly MergeInput[], how: Combining): Json {
  switch (how.combine) {
    case 'append':
      return inputs.flatMap(({ value }) => listOf(value));
    case 'zip':
      return zip(inputs);
    case 'join':
      return join(inputs, how);
    case 'pick':
      return (inputs.find(({ port, from }) => how.input === undefined || port === how.input || from === how.input) ?? inputs[0])?.value ?? null;
    case 'deep_merge':
      return inputs.map(({ value }) => value).reduce<Json>(deepMerge, {});
    default:
      return Object.fromEntries(inputs.map(({ from, value }) => [from, value]));
  }
}
