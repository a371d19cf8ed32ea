import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { ACTIONS_OF, Config, isRead, isRepeatable, type Config as Wish } from './config.ts';
import { askHttp, askResource, askVariable, readCsv, writeCsv } from './elsewhere.ts';
import { askDatabase, statementsOf } from './databases.ts';
import { askObjects, wouldDo } from './objects.ts';
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
    case 'mysql':
      return askDatabase(run, config);
    case 's3':
      return askObjects(run, config);
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
  if (source === 's3') return { output, would: await wouldDo(run, config) };
  if (source === 'postgres' || source === 'mysql') {
    const statements = statementsOf(run, config).map(({ text, values }) => ({ text, values }));
    return { output, would: { kind: 'database', source, statements } };
  }
  const rows = action === 'insert' || action === 'upsert' ? rowsFrom(run, config.values) : null;
  return { output, would: { kind: 'database', source, action, table: table ?? null, rows, match, set } };
}

const DATABASE = { select: [], query: ['sql'], insert: [], upsert: ['dedupeKey'], update: ['match', 'set'], delete: ['match'] } as const;
/** What both kinds of database need beside the connection; a table where there is no statement. */
const ofDatabase = (source: string): [string, readonly string[]][] =>
  Object.entries(DATABASE).map(([action, more]) => [`${source} ${action}`, ['connection', ...(action === 'query' ? [] : ['table']), ...more]]);

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'table select': ['table'],
  'table insert': ['table'],
  'table upsert': ['table'],
  'table update': ['table', 'match', 'set'],
  'table delete': ['table', 'match'],
  ...Object.fromEntries(['postgres', 'mysql'].flatMap(ofDatabase)),
  's3 list': ['connection', 'bucket'],
  's3 get': ['connection', 'bucket', 'key'],
  's3 put': ['connection', 'bucket', 'key'],
  's3 delete': ['connection', 'bucket', 'key'],
  'http_json select': ['url'],
  'http_json get': ['url'],
  'resource list': ['resource'],
  'resource get': ['resource', 'name'],
  'variable get': ['name'],
};

const isBare = (value: Json): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function check(config: RawConfig): OwnFinding[] {
  const { source = 'table', action = 'select', sql } = config;
  const wrong = (pointer: string, message: string): OwnFinding => ({ rule: 'V03', severity: 'error', pointer, message });
  const actions = ACTIONS_OF[source as Wish['source']] as readonly string[] | undefined;
  if (actions && !actions.includes(String(action))) return [wrong('/action', `${String(source)} knows ${actions.join(', ')}`)];
  // No column at all means every row in a table of ours; elsewhere that is said in a statement.
  const isNone = (value: Json | undefined): boolean => value === undefined || value === '' || (source !== 'table' && isBare(value));
  const missing = (NEEDS[`${String(source)} ${String(action)}`] ?? []).filter((field) => isNone(config[field]));
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

**postgres**, **mysql** (MySQL and MariaDB) — a database of yours, by a connection that is a secret. \`query\` takes one statement with \`:named\` parameters, which are sent beside it and never put into it; a second statement is refused; with \`readOnly\` the transaction cannot write. \`select\`, \`update\` and \`delete\` find rows by \`match\`, and the latter two want one column in it at least. \`insert\` with \`dedupeKey\` leaves rows alone that are there, \`upsert\` changes them; both may therefore be repeated. Of other writes whose outcome is not known a person is asked. Numbers that JSON would round, and decimals, are texts. MySQL: dates are as written, times of type TIMESTAMP in UTC, BLOBs base64, lists in parameters JSON, and a row is there when any unique key of its table says so. Addresses are judged like every other: a private network has to be opened with \`egress.create\`.

**s3** — objects of S3, or of what speaks as it does: \`list\` by \`prefix\` with \`{key, size, lastModified, etag}\`; \`get\`, by its type or as \`parse\` says: text in \`text\`, JSON and CSV in \`rows\`, other things in \`file\`, 25 MiB at most; \`put\` of a text, a file, or any value as JSON; \`delete\`. Each may be repeated. The secret is \`s3://KEY:SECRET@?region=eu-central-1\` at AWS, elsewhere \`s3://KEY:SECRET@minio.example.net/?region=us-east-1\`, with \`style=virtual\` where the bucket is a part of the name.

**http_json** — a list from an address. **csv** — \`select\` reads text or a file, \`put\` writes rows. **resource** — \`list\` and \`get\` of what the platform manages, as the principal sees it. **variable** — \`get\` and \`list\`; values of type secret are null.

Output \`{rows, count, affected}\`. Errors: \`sql-error\` with the code of the database, \`s3-error\`, \`data-rows-invalid\`, \`egress-denied\`, \`output-too-large\`.`,
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
