import { newId } from '#kernel/ids.ts';
import type { Graph, GraphNode, Json } from '../graph.ts';
import { freeKey } from '../model/keys.ts';
import type { Question } from './schemas.ts';

const modeOf = ({ config }: GraphNode): string => (typeof config['mode'] === 'string' ? config['mode'] : 'manual');

/** Nobody is there when these fire: the workflow has to run as a service account (rule V42). */
const isNobodys = ({ config }: GraphNode): boolean => {
  const mode = modeOf({ config } as GraphNode);
  return mode === 'schedule' || mode === 'event' || (mode === 'webhook' && (config['auth'] ?? 'none') === 'none');
};

const WORDS: Readonly<Record<string, (config: Record<string, Json>) => string>> = {
  schedule: ({ cron, type, at }) => `by the clock${typeof cron === 'string' ? ` (${cron})` : type === 'once' ? ` (once, at ${String(at)})` : ''}`,
  webhook: ({ auth }) => `when another system calls its address${(auth ?? 'none') === 'none' ? ', without authentication' : ''}`,
  event: ({ types }) => `when this happens: ${Array.isArray(types) ? types.join(', ') : 'an event'}`,
  chat: () => 'by a conversation',
  workflow: () => 'when another workflow calls it',
  operation: () => 'as an Operation that anybody with the right may call',
  error: () => 'when another workflow fails',
};

/** Fields of other modes stay behind: what a form asked for is of no use without one. */
const byHand = ({ inputSchema }: Record<string, Json>): Record<string, Json> => ({ mode: 'manual', ...(inputSchema ? { inputSchema } : {}) });

const ask = (node: GraphNode): Question => ({
  about: 'trigger',
  text: `It was meant to begin ${WORDS[modeOf(node)]?.(node.config) ?? `by ${modeOf(node)}`}. It begins by hand until you agree.`,
  nodeId: node.id,
  ops: [
    { op: 'updateNode', id: node.id, set: { config: node.config } },
    ...(isNobodys(node) ? [{ op: 'updateSettings' as const, set: { runAs: 'service' } }] : []),
  ],
});

/** A trigger that is started by hand, in front of everything that nothing leads to. */
function begun({ nodes, connections }: Graph): Graph {
  if (nodes.some(({ type }) => type === 'trigger')) return { nodes, connections };
  const key = freeKey('start', new Set(nodes.map((node) => node.key)));
  const start: GraphNode = { id: newId(), key, type: 'trigger', typeVersion: 1, name: 'Start', config: { mode: 'manual' } };
  const led = new Set(connections.map(({ target }) => target));
  const first = nodes.filter(({ id, type }) => type !== 'note' && !led.has(id));
  const links = first.map(({ id }) => ({ id: newId(), kind: 'flow' as const, source: start.id, sourcePort: 'main', target: id, targetPort: 'main' }));
  return { nodes: [start, ...nodes], connections: [...links, ...connections] };
}

/**
 * What nobody agreed to begins by hand, with a question whose edits would bring it back (workflows.md 11.5). `touched` are the nodes of
 * the answer: triggers that were there before stay as they are.
 */
export function cautious(given: Graph, agreed: readonly string[], touched?: { has: (id: string) => boolean }): { graph: Graph; settings: Record<string, Json>; questions: Question[] } {
  const graph = begun(given);
  const questions: Question[] = [];
  let service = false;
  const nodes = graph.nodes.map((node) => {
    const mode = modeOf(node);
    if (node.type !== 'trigger' || mode === 'manual' || (touched && !touched.has(node.id))) return node;
    if (agreed.includes(mode)) {
      service ||= isNobodys(node);
      return node;
    }
    questions.push(ask(node));
    return { ...node, config: byHand(node.config) };
  });
  return { graph: { ...graph, nodes }, settings: service ? { runAs: 'service' } : {}, questions };
} // prettier-ignore
