import { canonicalJson, sha256 } from '#kernel/ids.ts';
import type { Connection, Graph, GraphNode, WorkflowSettings } from '../graph.ts';

const isEmpty = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0;

/** What of a node decides on what it does: neither where it stands, nor notes, nor data pinned for tests. */
export function contentOf({ layout: _layout, notes: _notes, settings, ...node }: GraphNode): object {
  const { pinnedOutput: _pinned, ...kept } = settings ?? {};
  return isEmpty(kept) ? node : { ...node, settings: kept };
}

const placeOf = ({ kind, source, sourcePort, target, targetPort }: Connection): string => [source, sourcePort, target, targetPort, kind].join(' ');

/** Notes never run, so nothing of them is in a version's hash (workflows.md 6.6). */
const runs = ({ type }: GraphNode): boolean => type !== 'note';

/** SHA-256 of what runs: two graphs that differ in layout, notes or pinned data alone have the same. */
export function contentHash(graph: Graph, settings: WorkflowSettings, serviceAccountId: string | null = null): string {
  const nodes = graph.nodes.filter(runs);
  const ids = new Set(nodes.map(({ id }) => id));
  const places = graph.connections.filter(({ source, target }) => ids.has(source) && ids.has(target)).map(placeOf);
  return sha256(
    canonicalJson({
      nodes: nodes.map(contentOf).sort((a, b) => ((a as GraphNode).id < (b as GraphNode).id ? -1 : 1)),
      connections: places.sort(),
      settings,
      ...(serviceAccountId === null ? {} : { serviceAccountId }),
    }),
  );
}

/** Of a draft as test runs see it: pinned data counts. */
export const draftHash = (graph: Graph, settings: WorkflowSettings): string => `draft:${sha256(canonicalJson({ graph, settings }))}`;

/** The graph as a version keeps it: data pinned for tests stays with the draft. */
export const asVersion = (graph: Graph): Graph => ({
  nodes: graph.nodes.map(({ settings, ...node }) => {
    const { pinnedOutput: _pinned, ...kept } = settings ?? {};
    return isEmpty(kept) ? node : { ...node, settings: kept };
  }),
  connections: graph.connections,
});
