import { RESERVED_KEYS, type Graph } from '../graph.ts';

/** `Order servers!` is `order_servers`: what a node may be called in expressions. */
export const asKey = (text: string): string => {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const key = plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[^a-z]+|_+$/g, '');
  return key.slice(0, 36) || 'node';
};

/** The first of `key`, `key_2`, `key_3` … that is neither reserved nor in use. */
export function freeKey(wanted: string, taken: { has: (key: string) => boolean }): string {
  const free = (key: string): boolean => !RESERVED_KEYS.has(key) && !taken.has(key);
  if (free(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (free(`${wanted}_${number}`)) return `${wanted}_${number}`;
}

/** A key for a new node of a type. */
export const keyFor = (type: string, { nodes }: Graph): string => freeKey(asKey(type), new Set(nodes.map(({ key }) => key)));
