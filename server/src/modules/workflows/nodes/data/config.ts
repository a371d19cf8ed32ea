import { z } from 'zod';
import { Json } from '../../graph.ts';
import type { RawConfig } from '../declare.ts';

export const SOURCES = ['table', 'postgres', 'http_json', 'csv', 'resource', 'variable'] as const;
const ACTIONS = ['select', 'insert', 'upsert', 'update', 'delete', 'query', 'get', 'list', 'put'] as const;

/** What can be done with each. */
export const ACTIONS_OF: Readonly<Record<(typeof SOURCES)[number], readonly string[]>> = {
  table: ['select', 'insert', 'upsert', 'update', 'delete'],
  postgres: ['select', 'query', 'insert'],
  http_json: ['select', 'get'],
  csv: ['select', 'put'],
  resource: ['list', 'get'],
  variable: ['get', 'list'],
};

const json = (title: string, help: string) => z.record(z.string(), Json).optional().meta({ title, help, expression: 'tpl' });

export const Config = z.object({
  source: z.enum(SOURCES).default('table').meta({ title: 'Source' }),
  action: z.enum(ACTIONS).default('select').meta({ title: 'What to do' }),
  connection: z.string().max(2_000).optional().meta({
    title: 'Connection',
    expression: 'secret',
    widget: 'secret',
    help: 'postgres: a secret with postgres://user:password@host:5432/database?sslmode=verify-full',
  }),
  table: z
    .string()
    .max(130)
    .optional()
    .meta({ title: 'Table', expression: 'tpl', examples: ['maintenance-windows'] }),
  match: json('Rows that have', 'table, postgres select: columns and the values that they must have; all of them'),
  where: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Only those', expression: 'expr', help: 'Over `item`; not for postgres', examples: ['item.count > 3'] }),
  sql: z
    .string()
    .max(65_536)
    .optional()
    .meta({ title: 'Statement', expression: 'none', widget: 'code', help: 'postgres query: one statement, with :named parameters' }),
  parameters: json('Parameters', 'Of the statement, by name'),
  readOnly: z.boolean().default(true).meta({ title: 'Only reads', help: 'postgres query: in a transaction that cannot write' }),
  values: z
    .string()
    .max(8_192)
    .default('input')
    .meta({ title: 'Rows', expression: 'expr', help: 'A row, or a list of rows, to insert, upsert or put' }),
  set: json('New values', 'table update'),
  dedupeKey: z
    .string()
    .max(63)
    .optional()
    .meta({ title: 'Key against doubles', help: 'postgres insert: a column with a unique constraint; rows that are there are left alone' }),
  url: z.string().max(8_192).optional().meta({ title: 'Address', expression: 'tpl', help: 'http_json' }),
  token: z.string().max(20_000).optional().meta({ title: 'Token', expression: 'secret', widget: 'secret', help: 'http_json: sent as Bearer' }),
  items: z
    .string()
    .max(8_192)
    .optional()
    .meta({
      title: 'Where the list is',
      expression: 'expr',
      variables: ['status', 'headers', 'body', 'url', 'response'],
      help: 'http_json: in `body`',
      examples: ['body.results'],
    }),
  text: z.string().max(8_192).default('input').meta({ title: 'Text', expression: 'expr', help: 'csv select: text or a file' }),
  resource: z.string().max(40).optional().meta({ title: 'Kind', help: 'resource: server, cloud, zone, change …' }),
  name: z.string().max(200).optional().meta({ title: 'Name or id', expression: 'tpl', help: 'variable and resource get' }),
  limit: z.int().min(1).max(10_000).default(1_000).meta({ title: 'Rows at most' }),
  batchSize: z.int().min(1).max(5_000).default(500).meta({ title: 'Rows at once', help: 'postgres insert' }),
});
export type Config = z.output<typeof Config>;

const READING: ReadonlySet<unknown> = new Set([undefined, 'select', 'get', 'list', 'put']);

/** What only looks; `put` of CSV makes a text. */
export const isRead = ({ action, readOnly }: RawConfig): boolean => READING.has(action) || (action === 'query' && readOnly !== false);
/** Our own tables are written with the checkpoint, and a key against doubles makes the second time nothing. */
export const isRepeatable = (config: RawConfig): boolean =>
  isRead(config) || (config['source'] ?? 'table') === 'table' || (config['action'] === 'insert' && typeof config['dedupeKey'] === 'string');
