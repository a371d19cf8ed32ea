import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { refusalOf } from '../operation/outcome.ts';
import { listed } from '../operation/selector.ts';
import { isOpen } from '../values.ts';
import { KIND_NAMES, kindOf, readsOf, type Kind } from './kinds.ts';
import { grouped, observedAt, picked, sorted } from './rules.ts';

const Config = z.object({
  entity: z.enum(KIND_NAMES).default('server').meta({ title: 'What' }),
  action: z.enum(['list', 'get', 'count', 'aggregate']).default('list').meta({ title: 'How' }),
  id: z.string().max(200).optional().meta({ title: 'Id', expression: 'tpl', help: 'get' }),
  input: z
    .record(z.string(), Json)
    .default({})
    .meta({ title: 'Filters of the list', expression: 'tpl', help: 'Fields of its Operation: what is filtered there need not be read', examples: [{ environment: 'prod' }] }),
  filter: z.string().max(8_192).optional().meta({ title: 'Only those', expression: 'expr', help: 'Over `item`', examples: ['item.memoryMb >= 4096'] }),
  fields: z.array(z.string().max(200)).max(50).default([]).meta({ title: 'Fields', help: 'All, when left out' }),
  sort: z.string().max(200).optional().meta({ title: 'Order', help: 'A field; with "-" before it, downwards', examples: ['-memoryMb'] }),
  limit: z.int().min(1).max(1_000).default(100).meta({ title: 'At most' }),
  groupBy: z.array(z.string().max(200)).max(5).default([]).meta({ title: 'For each' }),
  measures: z
    .array(z.object({ name: z.string().max(60), of: z.enum(['count', 'sum', 'min', 'max', 'avg']), field: z.string().max(200).optional() }))
    .max(20)
    .default([{ name: 'count', of: 'count' }])
    .meta({ title: 'Figures', help: 'aggregate' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const Output = z.object({ rows: z.array(Json), count: z.int(), more: z.boolean(), observedAt: z.string().nullable() });

/** What one query reads at most. */
const MOST_READ = 5_000;
const MOST_PLACES = 200;

const isWanted = (run: NodeRun, filter: string | undefined) => (item: Json, index: number): boolean => {
  const good = filter === undefined || run.evaluate(filter, { item, index });
  if (typeof good !== 'boolean') throw new NodeError('type-error', 'expression', '`filter` answers true or false.');
  return good;
}; // prettier-ignore

/** What lies within others is asked of each of them, unless the filters say of which. */
async function read(run: NodeRun, kind: Kind, { input, filter }: Config, most: number): Promise<{ items: Json[]; more: boolean }> {
  const wanted = isWanted(run, filter);
  if (kind.within === undefined || 'id' in input) return listed(run, kind.list, { ...kind.input, ...input }, wanted, most);
  const places = await listed(run, kindOf(kind.within).list, {}, () => true, MOST_PLACES, 'places');
  const items: Json[] = [];
  for (const place of places.items) {
    const { id } = place as { id: string };
    const found = await listed(run, kind.list, { ...input, id }, wanted, most - items.length, `place:${id}`);
    items.push(...found.items);
    if (found.more || items.length >= most) return { items, more: true };
  }
  return { items, more: places.more };
}

async function one(run: NodeRun, kind: Kind, { id, fields }: Config): Promise<Result> {
  if (!id) throw new NodeError('node-config-invalid', 'config', 'Say which one.');
  const outcome = await run.call(kind.get, { id });
  if (outcome.status === 'refused' && outcome.problem.status === 404)
    return { to: 'empty', output: { rows: [], count: 0, more: false, observedAt: null } };
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  const rows = outcome.status === 'done' ? [outcome.output] : [];
  return { output: { rows: picked(rows, fields), count: rows.length, more: false, observedAt: observedAt(rows) } };
}

const tooMany = (what: string): NodeError => new NodeError('limit-exceeded', 'limit', `There are more than ${MOST_READ} ${what}; narrow the query.`);

async function list(run: NodeRun, kind: Kind, config: Config) {
  const { fields, sort, limit } = config;
  // Without an order the first ones do; with one all of them are needed.
  const { items, more } = await read(run, kind, config, sort === undefined ? limit : MOST_READ);
  if (more && sort !== undefined) throw tooMany('to be put in order');
  return { items, more: more || items.length > limit, rows: picked(sorted(items, sort).slice(0, limit), fields) };
}

async function figures(run: NodeRun, kind: Kind, config: Config) {
  const { action, groupBy, measures, sort, limit } = config;
  const { items, more } = await read(run, kind, config, MOST_READ);
  if (more) throw tooMany('to be counted');
  return { items, more, rows: action === 'count' ? [] : sorted(grouped(items, groupBy, measures), sort).slice(0, limit) };
}

async function query(run: NodeRun, config: Config): Promise<Result> {
  const kind = kindOf(config.entity);
  if (config.action === 'get') return one(run, kind, config);
  const { items, more, rows } = await (config.action === 'list' ? list : figures)(run, kind, config);
  return { ...(items.length === 0 ? { to: 'empty' } : {}), output: { count: items.length, more, observedAt: observedAt(items), rows } };
}

const check = ({ entity, action, id }: RawConfig): OwnFinding[] => [
  ...(action === 'get' && !id ? [{ rule: 'V03', severity: 'error', pointer: '/id', message: 'Say which one' } as const] : []),
  ...(action === 'get' && entity === 'record'
    ? [{ rule: 'V03', severity: 'error', pointer: '/action', message: 'Records are listed' } as const]
    : []),
];

export const entityQuery = defineNode({
  type: 'entity_query',
  version: 1,
  label: 'Entity Query',
  icon: 'list-filter',
  category: 'ai',
  summary: 'Find, count and group what the platform manages',
  docs: `Reads resources by the Operations that list them, as the principal: what is out of scope is not there.

\`list\` gives rows, \`count\` how many, \`aggregate\` figures for each group, \`get\` one. \`input\` are filters of the Operation itself (such as \`labelSelector\` of servers) and cost nothing; \`filter\` is an expression over each \`item\`. At most 5 000 are read; more is an error where the answer would otherwise be wrong.

Output \`{rows, count, more, observedAt}\`: \`observedAt\` is when the oldest of it was last looked at at its provider. Nothing found: port \`empty\`.`,
  config: Config,
  example: { entity: 'server', action: 'aggregate', filter: 'item.status == "running"', groupBy: ['region'], measures: [{ name: 'memory', of: 'sum', field: 'memoryMb' }] },
  defaults: { entity: 'server', action: 'list' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'empty', label: 'Nothing found' }, { name: 'error', label: 'Error' }],
  effect: 'read',
  timeoutSeconds: 30,
  operations: ({ entity = 'server', action = 'list' }) => readsOf(entity, isOpen(action) ? ['list', 'get'] : [action === 'get' ? 'get' : 'list']),
  output: Output,
  check,
  run: query,
}); // prettier-ignore
