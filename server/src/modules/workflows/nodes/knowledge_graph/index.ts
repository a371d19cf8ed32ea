import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type RawConfig, type Result } from '../declare.ts';
import { KIND_NAMES, readsOf } from '../entity_query/kinds.ts';
import { createWalk, keyOf, look, readsFrom, RELATIONS, takes, type Edge, type Entity, type Walk } from './walk.ts';

const Hop = z.object({
  relation: z
    .enum(['any', ...new Set(RELATIONS.map(({ name }) => name))] as [string, ...string[]])
    .default('any')
    .meta({ title: 'Relation' }),
  direction: z.enum(['out', 'in', 'both']).default('both').meta({ title: 'Direction' }),
  types: z.array(z.enum(KIND_NAMES)).max(20).default([]).meta({ title: 'To kinds', help: 'All, when left out' }),
  filter: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Only those', expression: 'expr', examples: ['item.data.state == "failed"'] }),
});
type Hop = z.output<typeof Hop>;

const Config = z.object({
  start: z
    .string()
    .max(8_192)
    .meta({ title: 'Start', expression: 'expr', help: 'Ids, or objects with `id`', examples: ['input.serverId'] }),
  type: z.enum(KIND_NAMES).default('server').meta({ title: 'Their kind' }),
  pattern: z
    .array(Hop)
    .min(1)
    .max(6)
    .default([{ relation: 'any', direction: 'both', types: [] }])
    .meta({ title: 'Hops', help: 'One after the other' }),
  limit: z.int().min(1).max(1_000).default(200).meta({ title: 'Things at most' }),
  shape: z.enum(['nodes', 'paths', 'tree']).default('nodes').meta({ title: 'Form' }),
});
type Config = z.output<typeof Config>;
const Told = Config.pick({ type: true, pattern: true });

const Output = z.object({
  nodes: z.array(Json),
  edges: z.array(Json),
  paths: z.array(Json),
  tree: z.array(Json),
  hidden: z.int(),
  truncated: z.boolean(),
});

interface Found {
  entities: Map<string, Entity>;
  edges: Map<string, Edge>;
  hidden: Set<string>;
  /** Whence each was reached first. */
  from: Map<string, string>;
}

const MOST_STARTS = 50;

function startsOf(run: NodeRun, { start, type }: Config): { type: string; id: string }[] {
  const value = run.evaluate(start);
  const list = Array.isArray(value) ? value : [value];
  if (list.length > MOST_STARTS) throw new NodeError('limit-exceeded', 'limit', `A walk starts at ${MOST_STARTS} things at most.`);
  return list.map((one) => {
    const id = typeof one === 'object' && one !== null && !Array.isArray(one) ? one['id'] : one;
    if (typeof id !== 'string') throw new NodeError('type-error', 'expression', '`start` is an id, an object with an id, or a list of them.');
    return { type, id };
  });
}

const isWanted = (run: NodeRun, { types, filter }: Hop, entity: Entity): boolean => {
  if (types.length > 0 && !types.includes(entity.type)) return false;
  const good = filter === undefined || run.evaluate(filter, { item: { ...entity } });
  if (typeof good !== 'boolean') throw new NodeError('type-error', 'expression', '`filter` answers true or false.');
  return good;
};

/** The ways out of one entity that a hop allows, with the edge that each draws. */
function waysOf(hop: Hop, { type }: Entity) {
  const { direction, types } = hop;
  return RELATIONS.filter((one) => takes(hop, one, type)).flatMap((one) => [
    ...(direction !== 'in' && one.from === type && (types.length === 0 || types.includes(one.to)) ? [{ one, out: true }] : []),
    ...(direction !== 'out' && one.to === type && (types.length === 0 || types.includes(one.from)) ? [{ one, out: false }] : []),
  ]);
}

/** What a neighbour is, as far as the principal and the hop are concerned. */
async function wantedOf(walk: Walk, hop: Hop, neighbour: Entity | { type: string; id: string }, found: Found): Promise<Entity | undefined> {
  const key = keyOf(neighbour);
  const known = found.entities.get(key) ?? ('data' in neighbour ? neighbour : await look(walk.run, neighbour.type, neighbour.id));
  if (known === 'hidden') found.hidden.add(key);
  return known === undefined || known === 'hidden' || !isWanted(walk.run, hop, known) ? undefined : known;
}

async function hopFrom(walk: Walk, hop: Hop, entity: Entity, found: Found, limit: number): Promise<Entity[]> {
  const reached: Entity[] = [];
  for (const { one, out } of waysOf(hop, entity)) {
    walk.run.signal.throwIfAborted();
    for (const neighbour of await (out ? one.out(walk, entity) : one.in(walk, entity))) {
      const key = keyOf(neighbour);
      const known = await wantedOf(walk, hop, neighbour, found);
      if (!known) continue;
      if (!found.entities.has(key)) {
        if (found.entities.size >= limit) {
          walk.cut();
          continue;
        }
        found.entities.set(key, known);
        found.from.set(key, keyOf(entity));
        reached.push(known);
      }
      const [from, to] = out ? [keyOf(entity), key] : [key, keyOf(entity)];
      found.edges.set(`${from} ${one.name} ${to}`, { from, to, relation: one.name });
    }
  }
  return reached;
}

const shownOf = ({ type, id, name, data }: Entity): Record<string, Json> => ({ key: keyOf({ type, id }), type, id, name, data });

/** From each thing back to where the walk began. */
function pathTo(key: string, { from }: Found): string[] {
  const path = [key];
  for (let at = from.get(key); at !== undefined; at = from.get(at)) path.unshift(at);
  return path;
}

function treeOf(key: string, found: Found): Json {
  const children = [...found.from].filter(([, parent]) => parent === key).map(([child]) => treeOf(child, found));
  return { ...shownOf(found.entities.get(key)!), children };
}

async function walkFrom(run: NodeRun, config: Config): Promise<Result> {
  const walk = createWalk(run);
  const found: Found = { entities: new Map(), edges: new Map(), hidden: new Set(), from: new Map() };
  for (const start of startsOf(run, config)) {
    const entity = await look(run, start.type, start.id);
    if (entity === 'hidden') found.hidden.add(keyOf(start));
    else if (entity) found.entities.set(keyOf(entity), entity);
  }
  const roots = [...found.entities.keys()];
  let front = [...found.entities.values()];
  for (const hop of config.pattern) {
    const next: Entity[] = [];
    for (const entity of front) next.push(...(await hopFrom(walk, hop, entity, found, config.limit)));
    front = next;
  }
  const output = {
    nodes: [...found.entities.values()].map(shownOf),
    edges: [...found.edges.values()].map((edge) => ({ ...edge })),
    paths: config.shape === 'paths' ? [...found.from.keys()].map((key) => pathTo(key, found)) : [],
    tree: config.shape === 'tree' ? roots.map((key) => treeOf(key, found)) : [],
    hidden: found.hidden.size,
    truncated: walk.isCut(),
  };
  return { ...(output.nodes.length === roots.length ? { to: 'empty' } : {}), output };
}

/** Where an expression tells the kind or a hop, it may be any. */
function operations({ type, pattern }: RawConfig): string[] {
  const told = Told.safeParse({ ...(type === undefined ? {} : { type }), ...(pattern === undefined ? {} : { pattern }) });
  return told.success ? readsFrom(told.data.type, told.data.pattern) : readsOf('{{ }}', ['list', 'get']);
}

export const knowledgeGraph = defineNode({
  type: 'knowledge_graph',
  version: 1,
  label: 'Knowledge Graph',
  icon: 'waypoints',
  category: 'ai',
  summary: 'Find what hangs together with a resource',
  docs: `Walks from resources to what they hang together with, hop by hop, as the principal.

| Relation | From | To |
| --- | --- | --- |
${RELATIONS.map(({ name, from, to }) => `| \`${name}\` | ${from} | ${to} |`).join('\n')}

Output \`{nodes, edges, paths, tree, hidden, truncated}\`. What is named by something that is seen, and is out of the principal's scope, is counted in \`hidden\` and not shown; what a list leaves out is not known at all. Nothing found beyond the start: port \`empty\`. Memories are found by \`about\` and \`linked\`, or where \`types\` names them.`,
  config: Config,
  example: { start: 'input.serverId', type: 'server', pattern: [{ relation: 'points_to', direction: 'in' }], shape: 'paths' },
  defaults: { type: 'server', shape: 'nodes' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'empty', label: 'Nothing found' }, { name: 'error', label: 'Error' }],
  effect: 'read',
  timeoutSeconds: 60,
  operations,
  output: Output,
  run: walkFrom,
});
