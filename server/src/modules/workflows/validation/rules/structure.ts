import type { Connection } from '../../graph.ts';
import { NodeKey, RESERVED_KEYS } from '../../graph.ts';
import { insertMerge } from '../fixes.ts';
import type { Finding } from '../findings.ts';
import { areExclusive, taken, type Placed } from '../topology.ts';
import { callerOf, error, warning, type Rule, type View } from '../view.ts';

const MOST_TRIGGERS = 10;

/** V01: a workflow begins somewhere. */
const triggers: Rule = ({ topology }) => {
  const count = topology.triggers.length;
  if (count === 0) return [error('V01', null, 'The workflow has no trigger: nothing can start it')];
  return count > MOST_TRIGGERS ? [error('V01', null, `The workflow has ${count} triggers, and ${MOST_TRIGGERS} is the most`)] : [];
};

/** V04: keys are names in expressions. */
const keys: Rule = ({ graph }) => {
  const uses = Map.groupBy(graph.nodes, ({ key }) => key);
  return graph.nodes.flatMap((node): Finding[] => {
    const say = (message: string): Finding[] => [error('V04', node, message, { pointer: '/key' })];
    if (!NodeKey.safeParse(node.key).success) return say(`"${node.key}" is not a key: lower case letters, digits and underscores, at most 40`);
    if (RESERVED_KEYS.has(node.key)) return say(`"${node.key}" has a meaning of its own in expressions`);
    return uses.get(node.key)!.length > 1 ? say(`The key "${node.key}" is used twice`) : [];
  });
};

const endsOf = ({ source, sourcePort, target, targetPort }: Connection): string => `${source} ${sourcePort} ${target} ${targetPort}`;

/** V05, V06: connections join ports that there are, of their kind. */
const connections: Rule = ({ graph, topology }) => {
  const met = new Set<string>();
  return graph.connections.flatMap((one): Finding[] => {
    const [source, target] = [topology.nodes.get(one.source), topology.nodes.get(one.target)];
    const about = target?.node ?? source?.node ?? null;
    const say = (rule: string, message: string): Finding[] => [error(rule, about, message, { connectionId: one.id })];
    if (!source || !target) return say('V05', 'The connection leads to a node that is not there');
    if (source === target) return say('V05', `"${source.node.key}" is connected with itself`);
    const twice = met.has(endsOf(one));
    met.add(endsOf(one));
    if (twice) return say('V05', `"${source.node.key}" and "${target.node.key}" are connected twice at the same ports`);
    return unsound(one, source, target).flatMap(({ rule, message }) => say(rule, message));
  });
};

function unsound(one: Connection, source: Placed, target: Placed): { rule: string; message: string }[] {
  if (!source.type || !target.type) return [];
  const out = source.outputs.find(({ name }) => name === one.sourcePort);
  const into = target.inputs.find(({ name }) => name === one.targetPort);
  if (!out && source.inputs.some(({ name }) => name === one.sourcePort))
    return [{ rule: 'V06', message: `"${one.sourcePort}" of "${source.node.key}" is an input, and cannot be where a connection begins` }];
  if (!out) return [{ rule: 'V05', message: `"${source.node.key}" has no output "${one.sourcePort}"` }];
  if (one.kind !== (out.kind ?? 'flow')) return [{ rule: 'V06', message: `A connection of kind ${one.kind} cannot begin at "${one.sourcePort}" of "${source.node.key}"` }]; // prettier-ignore
  // A tool or a memory is joined as a whole.
  if (one.kind !== 'flow') return [];
  if (!into) return [{ rule: 'V05', message: `"${target.node.key}" has no input "${one.targetPort}"` }];
  return (into.kind ?? 'flow') === 'flow' ? [] : [{ rule: 'V06', message: `"${one.targetPort}" of "${target.node.key}" takes connections of kind ${into.kind} only` }]; // prettier-ignore
}

/** V07: only a loop comes back. */
const circles: Rule = ({ topology }) =>
  topology.circles.map(
    (circle) =>
    error('V07', circle[0]!.node, `These lead back to themselves: ${[...circle, circle[0]!].map(({ node }) => node.key).join(' → ')}. Only a Loop's input "next" may close a circle`), // prettier-ignore
  );

/** V08, V09: a loop's body is its own. */
const loops: Rule = ({ topology }) =>
  [...topology.bodies].flatMap(([id, body]): Finding[] => {
    const { node } = topology.nodes.get(id)!;
    if (body.size === 0) return [error('V09', node, 'The loop has no body: nothing is connected to its port "body"')];
    return [...body].flatMap((inside) => {
      const placed = topology.nodes.get(inside)!;
      const foreign = placed.incoming.filter(({ source, sourcePort }) => !body.has(source) && !(source === id && sourcePort === 'body'));
      return foreign.map(
        ({ id: connectionId, source }) =>
        error('V08', placed.node, source === id ? `"${placed.node.key}" is in the body of the loop "${node.key}" and comes after it as well` : `"${placed.node.key}" is in the body of the loop "${node.key}", and "${topology.nodes.get(source)!.node.key}" leads into it from outside`, { connectionId }), // prettier-ignore
      );
    });
  });

/** V10: what nothing starts never runs. */
const unreached: Rule = (view) =>
  view.topology.order.flatMap((placed) => {
    const { node, type } = placed;
    const starts = view.topology.startedBy.get((callerOf(view, placed) ?? placed).node.id);
    const bound = type?.control === 'note' || type?.control === 'trigger' || (starts?.size ?? 0) > 0;
    return bound ? [] : [warning('V10', node, `No trigger leads to "${node.key}": it never runs`)];
  });

/** Ports at which what was not wanted leaves: without a connection it is gone. */
const DROPS: Readonly<Record<string, readonly string[]>> = {
  conditional: ['false'],
  switch: ['default'],
  security: ['fail'],
  approval: ['rejected'],
};

/** V11. */
const dropped: Rule = ({ topology }) =>
  [...topology.nodes.values()].flatMap(({ node, outputs, outgoing }) =>
    (outgoing.length === 0 ? [] : (DROPS[node.type] ?? []))
      .filter((port) => outputs.some(({ name }) => name === port) && !outgoing.some(({ sourcePort }) => sourcePort === port))
      .map((port) => warning('V11', node, `Nothing is connected to "${port}" of "${node.key}": what leaves there is dropped`)),
  );

/** Whether two connections never both deliver: some node before them takes one way or the other, or other triggers start them. */
function exclude(view: View, a: Connection, b: Connection): boolean {
  const { nodes, choices, startedBy } = view.topology;
  const [first, second] = [a, b].map((one) => {
    const source = nodes.get(one.source)!;
    return { ports: taken(choices.get(one.source) ?? new Set(), source, one.sourcePort), starts: startedBy.get(one.source) ?? new Set<string>() };
  }) as [{ ports: Set<string>; starts: ReadonlySet<string> }, { ports: Set<string>; starts: ReadonlySet<string> }];
  const partOf = (choice: string): [string, string] => [choice.slice(0, 36), choice.slice(37)];
  const byNode = new Map([...second.ports].map(partOf));
  const other = [...first.ports].map(partOf).some(([id, port]) => byNode.has(id) && areExclusive(nodes.get(id)!, port, byNode.get(id)!));
  return other || (first.starts.size > 0 && second.starts.size > 0 && [...first.starts].every((one) => !second.starts.has(one)));
}

/** V12: what comes at the same time is brought together by a Merge. */
const joins: Rule = (view) =>
  [...view.topology.nodes.values()].flatMap(({ node, type, incoming }): Finding[] => {
    if (type?.control === 'merge') return [];
    return [...Map.groupBy(incoming, ({ targetPort }) => targetPort)].flatMap(([port, arriving]): Finding[] => {
      const together = arriving.filter((one) => arriving.some((other) => other !== one && !exclude(view, one, other)));
      if (together.length < 2) return [];
      const from = together.map(({ source }) => `"${view.topology.nodes.get(source)!.node.key}"`).join(' and ');
      return [error('V12', node, `${from} may both arrive at "${port}" of "${node.key}" in one run; bring them together with a Merge`, { fix: insertMerge(view.graph, node, port, arriving) })]; // prettier-ignore
    });
  });

/** V13: every input of a Merge is there for something. */
const merges: Rule = ({ topology }) =>
  [...topology.nodes.values()].flatMap(({ node, type, inputs, incoming }) => {
    if (type?.control !== 'merge') return [];
    const open = inputs.filter(({ name }) => !incoming.some(({ targetPort }) => targetPort === name));
    return open.map(({ name }) => error('V13', node, `Nothing is connected to "${name}" of "${node.key}"`, { pointer: '/config/inputs' }));
  });

export const structure: readonly Rule[] = [triggers, keys, connections, circles, loops, unreached, dropped, joins, merges];
