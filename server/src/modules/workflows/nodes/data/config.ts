import { z } from 'zod';
import { Json } from '../../graph.ts';
import type { RawConfig } from '../declare.ts';

export const SOURCES = ['table', 'postgres', 'mysql', 's3', 'http_json', 'csv', 'resource', 'variable'] as const;
const ACTIONS = ['select', 'insert', 'upsert', 'update', 'delete', 'query', 'get', 'list', 'put'] as const;

/** What can be done with each. */
export const ACTIONS_OF: Readonly<Record<(typeof SOURCES)[number], readonly string[]>> = {
  table: ['select', 'insert', 'upsert', 'update', 'delete'],
  postgres: ['select', 'query', 'insert', 'upsert', 'update', 'delete'],
  mysql: ['select', 'query', 'insert', 'upsert', 'update', 'delete'],
  s3: ['list', 'get', 'put', 'delete'],
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
    help: 'A secret. postgres://user:password@host:5432/database?sslmode=verify-full, mysql://user:password@host:3306/database?sslmode=verify-full, or s3://KEY:SECRET@?region=eu-central-1',
  }),
  table: z
    .string()
    .max(130)
    .optional()
    .meta({ title: 'Table', expression: 'tpl', examples: ['maintenance-windows'] }),
  match: json('Rows that have', 'select, update, delete: columns and the values that they must have; all of them'),
  where: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Only those', expression: 'expr', help: 'Over `item`; not for postgres and mysql', examples: ['item.count > 3'] }),
  sql: z
    .string()
    .max(65_536)
    .optional()
    .meta({ title: 'Statement', expression: 'none', widget: 'code', help: 'query: one statement, with :named parameters' }),
  parameters: json('Parameters', 'Of the statement, by name'),
  readOnly: z.boolean().default(true).meta({ title: 'Only reads', help: 'query: in a transaction that cannot write' }),
  values: z.string().max(8_192).default('input').meta({
    title: 'Rows',
    expression: 'expr',
    help: 'A row, or a list of rows, to insert, upsert or put; s3 put takes a text, a file or any value',
  }),
  set: json('New values', 'update'),
  dedupeKey: z.string().max(63).optional().meta({
    title: 'Key against doubles',
    help: 'postgres, mysql: a column with a unique constraint. Rows that are there are left alone by insert, and changed by upsert',
  }),
  bucket: z.string().max(63).optional().meta({ title: 'Bucket', expression: 'tpl', help: 's3' }),
  key: z
    .string()
    .max(1_024)
    .optional()
    .meta({ title: 'Key', expression: 'tpl', help: 's3 get, put, delete: the name of the object', examples: ['backups/{{ input.name }}.json'] }),
  prefix: z.string().max(1_024).optional().meta({ title: 'Prefix', expression: 'tpl', help: 's3 list: only keys that begin so' }),
  parse: z.enum(['auto', 'json', 'text', 'xml', 'csv', 'file']).default('auto').meta({ title: 'Read the object as', help: 's3 get' }),
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
  batchSize: z.int().min(1).max(5_000).default(500).meta({ title: 'Rows at once', help: 'postgres, mysql: insert, upsert' }),
});
export type Config = z.output<typeof Config>;

const READING: ReadonlySet<unknown> = new Set([undefined, 'select', 'get', 'list']);

/** What only looks; `put` of CSV makes a text. */
export const isRead = ({ source, action, readOnly }: RawConfig): boolean =>
  READING.has(action) || (action === 'query' && readOnly !== false) || (action === 'put' && source === 'csv');

/** Where the second time is nothing: a key against doubles, also of an upsert, and objects, which are there or not. */
const COMES_TO_THE_SAME: ReadonlySet<unknown> = new Set(['insert', 'upsert']);
/**
 * Our own tables are written with the checkpoint. Of rows that an update or a delete finds in a database elsewhere nobody knows whether
 * they are the same ones the second time.
 */
export const isRepeatable = (config: RawConfig): boolean =>
  isRead(config) ||
  (config['source'] ?? 'table') === 'table' ||
  config['source'] === 's3' ||
  (COMES_TO_THE_SAME.has(config['action']) && typeof config['dedupeKey'] === 'string' && config['dedupeKey'] !== '');
