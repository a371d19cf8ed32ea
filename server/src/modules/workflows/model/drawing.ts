import { sha256 } from '#kernel/ids.ts';
import type { Connection, Graph, GraphNode, Json, NodeSettings } from '../graph.ts';
import { arranged } from './arranging.ts';

/** A node as people write it: everything by its key. */
export interface DrawnNode {
  key: string;
  type: string;
  name: string;
  config?: Record<string, Json>;
  settings?: NodeSettings;
  description?: string;
  notes?: string;
  layout?: GraphNode['layout'];
  typeVersion?: number;
}

const idFrom = (seed: string): string => {
  const hex = sha256(seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const END = '([a-z][a-z0-9_]{0,39})(?::([\\w -]{1,40}))?';
const LINK = new RegExp(`^(?:(tool|memory) )?${END} -> ${END}$`);

/** `fetch -> decide`, `decide:true -> fix`, `body -> each:next`, `tool agent:tools -> search`. Undefined when it is none of these. */
export function parseLink(
  text: string,
): { kind: Connection['kind']; source: string; sourcePort: string; target: string; targetPort: string } | undefined {
  const match = LINK.exec(text.trim());
  if (!match) return undefined;
  const [, kind = 'flow', source, sourcePort = 'main', target, targetPort = 'main'] = match;
  return { kind: kind as Connection['kind'], source: source!, sourcePort, target: target!, targetPort };
}

const end = (key: string, port: string): string => (port === 'main' ? key : `${key}:${port}`);
export const linkText = ({ kind, source, sourcePort, target, targetPort }: NonNullable<ReturnType<typeof parseLink>>): string =>
  `${kind === 'flow' ? '' : `${kind} `}${end(source, sourcePort)} -> ${end(target, targetPort)}`;

/** A graph from keys and links. Ids hang on `seed` and keys unless `idOf` gives them. Throws for what it cannot read. */
export function linked(seed: string, nodes: readonly DrawnNode[], links: readonly string[], idOf = (key: string): string => idFrom(`${seed} ${key}`)): Graph {
  const keys = new Set(nodes.map(({ key }) => key));
  const connections = links.map((text, at): Connection => {
    const link = parseLink(text);
    if (!link || !keys.has(link.source) || !keys.has(link.target)) throw new Error(`"${text}" joins no two nodes that are there`);
    return { ...link, id: idFrom(`${seed} ${at} ${text}`), source: idOf(link.source), target: idOf(link.target) };
  });
  const made = nodes.map(({ config = {}, typeVersion = 1, ...node }): GraphNode => ({ ...node, id: idOf(node.key), typeVersion, config }));
  return { nodes: made, connections };
} // prettier-ignore

/** The same, with a place for each node that has none. */
export const drawn = (...given: Parameters<typeof linked>): Graph => arranged(linked(...given));
