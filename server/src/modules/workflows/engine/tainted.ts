import type { TaintSource } from '../nodes/declare.ts';
import { reaching, type Trail } from '../taint/rules.ts';
import type { ProgramNode } from './program.ts';
import type { Frame, Spot, Walk } from './walk.ts';

/** The place of a node that has run, in this iteration or around it. */
function spotAt(frame: Frame | undefined, id: string): Spot | undefined {
  for (let at = frame; at; at = at.parent) {
    const spot = at.spots.get(id);
    if (spot) return spot;
  }
  return undefined;
}

/** Nothing came of it: neither a value, nor words of an error. */
const isDead = (spot: Spot | undefined, port?: string): boolean =>
  spot?.settled === true && (port === undefined ? spot.ports.size === 0 && spot.error === undefined : !spot.ports.has(port));

/** What goes round in a loop comes back to it. */
const backTo = ({ program }: Walk, { id, type }: ProgramNode): { id: string; port: string }[] =>
  type.control === 'loop'
    ? program.source.connections.filter(({ target, targetPort }) => target === id && targetPort === 'next').map(({ source, sourcePort }) => ({ id: source, port: sourcePort }))
    : []; // prettier-ignore

/** Other nodes that the settings read; a way to read whichever node reads all that ran. */
function readsOf(walk: Walk, node: ProgramNode, frame: Frame): string[] {
  const { nodes = [], roots = [] } = node.config?.references ?? {};
  const all = roots.includes('nodes') && nodes.length === 0 ? [...walk.program.byKey.keys()].filter((key) => frame.views[key] !== undefined) : nodes;
  const read = all.flatMap((key) => walk.program.byKey.get(key)?.id ?? []);
  return [...read, ...(roots.includes('trigger') && walk.row.triggerNode ? [walk.row.triggerNode] : [])];
}

/**
 * What of a place's input and of what its settings read came from outside (workflows.md 11.4). Told from the walk as it stands, so it is the
 * same after a crash, and stored nowhere.
 */
export function taintAt(walk: Walk, { node, frame }: Pick<Spot, 'node' | 'frame'>): TaintSource[] {
  const trailOf = (one: ProgramNode): Trail => ({
    key: one.key,
    type: one.type,
    config: one.node.config,
    outside: one.id === walk.row.triggerNode && walk.row.inputs?.['outside'] !== undefined,
    from: [
      ...one.incoming.filter(({ source, sourcePort }) => !isDead(spotAt(frame, source), sourcePort)).map(({ source, sourcePort }) => ({ id: source, port: sourcePort })),
      ...backTo(walk, one),
    ],
    reads: [
      ...readsOf(walk, one, frame).filter((id) => !isDead(spotAt(frame, id))),
      // What it calls has been told to it by the time that others read what it says.
      ...(one === node ? [] : (walk.program.tools.get(one.id) ?? []).map((tool) => tool.node.id)),
    ],
  }); // prettier-ignore
  const tools = new Map([...walk.program.tools.values()].flat().map((tool) => [tool.node.id, tool.node]));
  return reaching(trailOf(node), (id) => {
    const found = walk.program.nodes.get(id) ?? tools.get(id);
    return found && trailOf(found);
  });
}
