import type { AnyNodeType } from './declare.ts';

/** Every node type, one per folder, in the order of the palette. */
const ALL: readonly AnyNodeType[] = [];

/** By `type`; the newest version of each. */
export const NODE_TYPES: ReadonlyMap<string, AnyNodeType> = new Map(ALL.map((type) => [type.type, type]));
