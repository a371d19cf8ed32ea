import type { Config, GraphNode, Json } from '../types.ts';
import type { Doc } from './doc.ts';

/** Names that expressions use for something else. */
const RESERVED = new Set([
  'input', 'trigger', 'nodes', 'item', 'index', 'loop', 'vars', 'secrets', 'execution', 'workflow', 'tenant', 'actor', 'error',
]); // prettier-ignore
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

export type KeyFault = 'malformed' | 'reserved' | 'taken';
export function keyFault(doc: Doc, id: string, key: string): KeyFault | null {
  if (!KEY.test(key)) return 'malformed';
  if (RESERVED.has(key)) return 'reserved';
  return Object.values(doc.nodes).some((node) => node.id !== id && node.key === key) ? 'taken' : null;
}

/** `Fetch orders` as `fetch_orders`, with a number behind it when that is taken. */
export function freeKey(taken: ReadonlySet<string>, name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);
  const base = plain === '' ? 'step' : plain;
  const isFree = (key: string) => !taken.has(key) && !RESERVED.has(key);
  if (isFree(base)) return base;
  for (let number = 2; ; number += 1) if (isFree(`${base}_${number}`)) return `${base}_${number}`;
}
export const keysOf = (doc: Doc): Set<string> => new Set(Object.values(doc.nodes).map(({ key }) => key));

const inText = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(/\bnodes(\.|\[['"])([a-z][a-z0-9_]*)/g, (whole, mark: string, key: string) =>
    names.has(key) ? `nodes${mark}${names.get(key)!}` : whole,
  );
function inJson(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return inText(value, names);
  if (Array.isArray(value)) return value.map((each) => inJson(each, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inJson(each, names)]));
}
/** A configuration whose expressions name nodes by their new keys. */
export const renamed = (config: Config, names: ReadonlyMap<string, string>): Config => inJson(config, names) as Config;

const mentions = (config: Config, key: string): boolean =>
  new RegExp(`\\bnodes(\\.|\\[['"])${key}\\b`).test(JSON.stringify(config).replaceAll('\\"', '"'));
/** Nodes whose expressions name this key. */
export const usersOf = (doc: Doc, key: string): GraphNode[] => Object.values(doc.nodes).filter(({ config }) => mentions(config, key));

/** A node with another key, and every expression that named it by the old one. */
export function rekey(doc: Doc, id: string, key: string): Doc {
  const old = doc.nodes[id]?.key;
  if (old === undefined || old === key) return doc;
  const names = new Map([[old, key]]);
  const users = usersOf(doc, old).map((node) => [node.id, { ...node, config: renamed(node.config, names) }] as const);
  const nodes = { ...doc.nodes, ...Object.fromEntries(users) };
  return { ...doc, nodes: { ...nodes, [id]: { ...nodes[id]!, key } } };
}
