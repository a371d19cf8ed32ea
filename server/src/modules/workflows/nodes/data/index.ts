import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { ACTIONS_OF, Config, isRead, isRepeatable, type Config as Wish } from './config.ts';
import { askHttp, askResource, askVariable, readCsv, writeCsv } from './elsewhere.ts';
import { askPostgres, statementsOf } from './postgres.ts';
import { readsOf } from '../entity_query/kinds.ts';
import { isOpen } from '../values.ts';
import { rowsFrom } from './rows.ts';
import { resumeTable, selectRows, WRITE, writeTable } from './table.ts';

const Output = z.object({ rows: z.array(Json), count: z.int(), affected: z.int(), text: z.string().optional(), file: Json.optional() });

function start(run: NodeRun, config: Wish): Promise<Result> {
  const { source, action } = config;
  if (!ACTIONS_OF[source].includes(action)) throw new NodeError('node-config-invalid', 'config', `${source} has no ${action}.`);
  switch (source) {
    case 'table':
      return action === 'select' ? selectRows(run, config) : writeTable(run, config);
    case 'postgres':
      return askPostgres(run, config);
    case 'http_json':
      return askHttp(run, config);
    case 'csv':
      return action === 'put' ? writeCsv(run, config) : readCsv(run, config);
    case 'resource':
      return askResource(run, config);
    case 'variable':
      return askVariable(run, config);
  }
}

async function simulate(run: NodeRun, config: Wish) {
  const { source, action, table, match = null, set = null } = config;
  const output = { rows: [], count: 0, affected: 0 };
  if (source === 'postgres') {
    const statements = statementsOf(run, config).map(({ text, values }) => ({ text, values }));
    return { output, would: { kind: 'database', source, statements } };
  }
  const rows = action === 'insert' || action === 'upsert' ? rowsFrom(run, config.values) : null;
  return { output, would: { kind: 'database', source, action, table: table ?? null, rows, match, set } };
}

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'table select': ['table'],
  'table insert': ['table'],
  'table upsert': ['table'],
  'table update': ['table', 'match', 'set'],
  'table delete': ['table', 'match'],
  'postgres select': ['connection', 'table'],
  'postgres query': ['connection', 'sql'],
  'postgres insert': ['connection', 'table'],
  'http_json select': ['url'],
  'http_json get': ['url'],
  'resource list': ['resource'],
  'resource get': ['resource', 'name'],
  'variable get': ['name'],
};

function check(config: RawConfig): OwnFinding[] {
  const { source = 'table', action = 'select', sql } = config;
  const wrong = (pointer: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer, message });
  const actions = ACTIONS_OF[source as Wish['source']] as readonly string[] | undefined;
  if (actions && !actions.includes(String(action))) return [wrong('/action', `${String(source)} knows ${actions.join(', ')}`)];
  const missing = (NEEDS[`${String(source)} ${String(action)}`] ?? []).filter((field) => config[field] === undefined || config[field] === '');
  const findings = missing.map((field) => wrong(`/${field}`, 'Needed here'));
  if (typeof sql === 'string' && sql.includes('{{'))
    findings.push(wrong('/sql', 'Values are parameters, such as :since; nothing is put into the text'));
  return findings;
}

/** Tables, resources and variables are the platform's own. What an expression decides may be any of them. */
function operations({ source = 'table', action = 'select', resource }: RawConfig): string[] {
  const from = (name: Wish['source']): boolean => source === name || isOpen(source);
  const does = (...names: string[]): boolean => isOpen(action) || names.includes(String(action));
  return [
    ...(from('table') && does('select') ? ['dataTables.get'] : []),
    ...(from('table') && does('insert', 'upsert', 'update', 'delete') ? [WRITE] : []),
    ...(from('resource') ? readsOf(resource, (['list', 'get'] as const).filter((way) => does(way))) : []),
    ...(from('variable') ? ['envVars.list'] : []),
  ];
} // prettier-ignore

export const data = defineNode({
  type: 'data',
  version: 1,
  label: 'Data Source',
  icon: 'database',
  category: 'integration',
  summary: 'Read and write tables, databases, lists and variables',
  docs: `**table** — the tenant's own data tables (\`dataTables.create\`): typed columns, an optional key. \`select\` by \`match\` and \`where\`; \`insert\`, \`upsert\` by the key, \`update\`, \`delete\`. Writes are part of the checkpoint: done once, whatever crashes. The principal needs \`dataTables:read\` or \`dataTables:write\`.

**postgres** — a database of yours, by a connection that is a secret. \`query\` takes one statement with \`:named\` parameters, which are sent beside it and never put into it; a second statement is refused; with \`readOnly\` the transaction cannot write. \`insert\` with \`dedupeKey\` leaves rows alone that are there, and may therefore be repeated; without it a person is asked when the outcome is not known. The address is judged like every other: a private network has to be opened with \`egress.create\`.

**http_json** — a list from an address. **csv** — \`select\` reads text or a file, \`put\` writes rows. **resource** — \`list\` and \`get\` of what the platform manages, as the principal sees it. **variable** — \`get\` and \`list\`; values of type secret are null.

Output \`{rows, count, affected}\`. Errors: \`sql-error\` with the code of the database, \`data-rows-invalid\`, \`egress-denied\`, \`output-too-large\`.`,
  config: Config,
  example: { source: 'postgres', action: 'query', connection: 'secret://INVENTORY', sql: 'select name, site from devices where site = :site', parameters: { site: '{{ input.site }}' } },
  defaults: { source: 'table', action: 'select' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: (config) => (isRead(config) ? 'read' : 'effect'),
  idempotent: isRepeatable,
  inDoubt: (config) => (isRepeatable(config) ? 'retry' : 'ask'),
  timeoutSeconds: 60,
  taints: true,
  operations,
  output: Output,
  check,
  run: start,
  resume: (run, _config, woken, state) => resumeTable(run, woken, state),
  simulate,
}); // prettier-ignore
