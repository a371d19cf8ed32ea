import { sha256 } from '#kernel/ids.ts';
import type { Connection, Graph, GraphNode } from '../../graph.ts';
import { freeKey } from '../../model/keys.ts';
import type { Past } from '../measuring.ts';
import { effectIn } from '../saying.ts';
import { basisOf, isRead, onIn, ran, readsOf, update, type Finding, type Rule } from './parts.ts';

/** Rules on how steps follow each other. Pure: the same graph and records give the same findings. */

const single = (all: readonly Connection[], wanted: (one: Connection) => boolean): Connection | undefined => {
  const found = all.filter(wanted);
  return found.length === 1 ? found[0] : undefined;
};

/** An id that hangs on what it is for: asking twice proposes the same. */
function madeId(...of: readonly string[]): string {
  const hex = sha256(of.join(' '));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Two reads in a row, of which the second takes nothing of the first, become two ways that a Merge brings together. */
function apart({ nodes }: Graph, into: Connection, between: Connection, on: Connection): Finding['ops'] {
  const id = madeId('together', between.source, between.target);
  const key = freeKey('together', new Set(nodes.map((node) => node.key)));
  const second = nodes.find((node) => node.id === between.target)!;
  const layout = second.layout ? { layout: { x: second.layout.x + 130, y: second.layout.y } } : {};
  const node: GraphNode = {
    id,
    key,
    type: 'merge',
    typeVersion: 1,
    name: 'Both are there',
    config: { inputs: 2, combine: 'pick', input: 'in2' },
    ...layout,
  };
  const connect = (one: Omit<Connection, 'id' | 'kind'>) => ({
    op: 'connect' as const,
    connection: { ...one, id: madeId(id, one.source, one.target), kind: 'flow' as const },
  });
  return [
    { edit: { op: 'addNode', node }, reason: 'Both ways come together again; the second hands its value on', needs: [] },
    { edit: { op: 'disconnect', id: between.id }, reason: 'The second does not wait for the first', needs: [0] },
    { edit: { op: 'disconnect', id: on.id }, reason: 'What follows waits for both', needs: [0] },
    {
      edit: connect({ source: into.source, sourcePort: into.sourcePort, target: second.id, targetPort: between.targetPort }),
      reason: 'The second begins with the first',
      needs: [1],
    },
    {
      edit: connect({ source: between.source, sourcePort: between.sourcePort, target: id, targetPort: 'in1' }),
      reason: 'The first is waited for',
      needs: [0, 1],
    },
    {
      edit: connect({ source: second.id, sourcePort: on.sourcePort, target: id, targetPort: 'in2' }),
      reason: 'The second is waited for',
      needs: [0, 2],
    },
    {
      edit: connect({ source: id, sourcePort: 'main', target: on.target, targetPort: on.targetPort }),
      reason: 'It goes on when both are there',
      needs: [0, 2],
    },
  ];
}

interface Row {
  into: Connection;
  between: Connection;
  on: Connection;
  second: GraphNode;
}

/** What follows a node alone, at its main way out, where nothing else leads into either. */
function rowFrom({ nodes, connections }: Graph, first: GraphNode): Row | undefined {
  const flow = connections.filter(({ kind }) => kind === 'flow');
  const into = single(flow, ({ target }) => target === first.id);
  const between = single(flow, ({ source }) => source === first.id);
  const second = between?.sourcePort === 'main' ? nodes.find(({ id }) => id === between.target) : undefined;
  const alone = second && single(flow, ({ target }) => target === second.id);
  const on = second && single(flow, ({ source }) => source === second.id);
  return into && between && second && alone && on?.sourcePort === 'main' && on.targetPort !== 'next' ? { into, between, on, second } : undefined;
}

const medianOf = ({ byNode }: Past, { id, key }: GraphNode): Finding['basis'] =>
  byNode.has(id) ? [ran(`median of ${key}`, byNode.get(id)!.medianMs, 'ms')] : [];

export const chains: Rule = (graph, past) =>
  onIn(graph)
    .filter(isRead)
    .flatMap((first): Finding[] => {
      const row = rowFrom(graph, first);
      if (!row || !isRead(row.second)) return [];
      const { input, nodes } = readsOf(row.second);
      if (input || nodes.has(first.key)) return [];
      return [
        {
          kind: 'parallelise',
          title: `“${first.name}” and “${row.second.name}” need not wait for each other`,
          reason: 'Both only read, and the second takes nothing of the first.',
          nodeIds: [first.id, row.second.id],
          basis: [...medianOf(past, first), ...medianOf(past, row.second)],
          ops: apart(graph, row.into, row.between, row.on),
        },
      ];
    });

/** Nodes between a loop's `body` and its `next`. */
function bodyOf({ nodes, connections }: Graph, loop: GraphNode): GraphNode[] {
  const found = new Set<string>();
  const waiting = connections.filter(({ source, sourcePort }) => source === loop.id && sourcePort === 'body').map(({ target }) => target);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === loop.id || found.has(id)) continue;
    found.add(id);
    waiting.push(...connections.filter(({ source }) => source === id).map(({ target }) => target));
  }
  return nodes.filter(({ id }) => found.has(id));
}

const loopsIn = (graph: Graph): GraphNode[] =>
  onIn(graph).filter(({ type, config }) => type === 'loop' && (config['type'] ?? 'for_each') === 'for_each');

export const rounds: Rule = (graph, { byNode }) =>
  loopsIn(graph).flatMap((loop): Finding[] => {
    const body = bodyOf(graph, loop);
    const alone = Number(loop.config['parallel'] ?? 1) === 1 && loop.config['accumulator'] === undefined && loop.config['breakWhen'] === undefined;
    if (!alone || body.length === 0 || !body.every((node) => ['read', 'pure'].includes(effectIn(node)))) return [];
    const basis = body.flatMap(({ id, key }) =>
      byNode.has(id) ? [ran(`median of ${key}`, byNode.get(id)!.medianMs, 'ms'), ran(`runs of ${key}`, byNode.get(id)!.runs, 'runs')] : [],
    );
    return [
      {
        kind: 'parallelise',
        title: `Rounds of “${loop.name}” can go several at a time`,
        reason: 'Its body only reads and computes, so no round depends on another.',
        nodeIds: [loop.id],
        basis,
        ops: [update(loop.id, { config: { ...loop.config, parallel: 5 } }, 'Five rounds at a time')],
      },
    ];
  });

export const batched: Rule = (graph, { byNode }) =>
  loopsIn(graph).flatMap((loop): Finding[] => {
    const [only, ...others] = bodyOf(graph, loop);
    const writing = only?.type === 'data' && ['insert', 'upsert'].includes(String(only.config['action'])) ? only : undefined;
    const found = writing && byNode.get(writing.id);
    if (!writing || others.length > 0) return [];
    return [
      {
        kind: 'batch',
        title: `“${writing.name}” can write all rows at once`,
        reason: `The loop “${loop.name}” writes one row in each round; the node takes a list, by “batchSize” at a time.`,
        nodeIds: [loop.id, writing.id],
        basis: found ? basisOf(found) : [],
        ops: [],
      },
    ];
  });

/** What is read and then looked at by nobody. */
export const unused: Rule = (graph, { byNode }) =>
  onIn(graph)
    .filter(
      (node) =>
        ['read', 'pure'].includes(effectIn(node)) &&
        !['trigger', 'fail', 'merge', 'loop', 'respond', 'conditional', 'switch', 'filter', 'security', 'monitoring'].includes(node.type),
    )
    .flatMap((node): Finding[] => {
      const out = graph.connections.filter(({ source }) => source === node.id);
      if (out.length === 0 || out.some(({ kind, sourcePort }) => kind !== 'flow' || sourcePort !== 'main')) return [];
      const others = onIn(graph).filter(({ id }) => id !== node.id);
      const next = out.map(({ target }) => graph.nodes.find(({ id }) => id === target)!);
      const isLookedAt = others.some((one) => readsOf(one).nodes.has(node.key)) || next.some((one) => readsOf(one).input);
      if (isLookedAt) return [];
      const found = byNode.get(node.id);
      return [
        {
          kind: 'unused',
          title: `Nothing looks at what “${node.name}” finds`,
          reason: 'It changes nothing, and no other step reads its output.',
          nodeIds: [node.id],
          basis: found ? basisOf(found) : [],
          ops: [{ edit: { op: 'removeNode', id: node.id, bridge: true }, reason: 'What led to it leads on', needs: [] }],
        },
      ];
    });
