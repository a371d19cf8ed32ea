import type { Connection, ConnectionKind, GraphNode, Port } from '../types.ts';
import type { Doc } from './doc.ts';
import { after, isReturn, linesOf, regionOf, type Lines } from './lines.ts';

export interface Ports {
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** Of the output ports only one is taken in a run; true for all but a few types. */
  exclusive: boolean;
}
export type PortsOf = (node: GraphNode) => Ports;

/** Why two ports cannot be joined: the rule of validation that would be broken, and the name of the words for it. */
export interface Refusal {
  rule: 'V05' | 'V06' | 'V07' | 'V08' | 'V12';
  reason: 'gone' | 'self' | 'twice' | 'kinds' | 'circle' | 'leaves' | 'enters' | 'taken';
}
export type Wanted = Omit<Connection, 'id' | 'kind'>;

const kindOf = (port: Port | undefined): ConnectionKind => port?.kind ?? 'flow';

interface Ends {
  source: GraphNode;
  target: GraphNode;
  kind: ConnectionKind;
}
function endsOf(doc: Doc, wanted: Wanted, portsOf: PortsOf): Ends | Refusal {
  const [source, target] = [doc.nodes[wanted.source], doc.nodes[wanted.target]];
  const from = source && portsOf(source).outputs.find(({ name }) => name === wanted.sourcePort);
  const to = target && portsOf(target).inputs.find(({ name }) => name === wanted.targetPort);
  if (!source || !target || !from) return { rule: 'V05', reason: 'gone' };
  if (source === target) return { rule: 'V05', reason: 'self' };
  if (!to) return { rule: 'V05', reason: 'gone' };
  // A tool or a memory is joined as a whole: what it is given comes in at its ordinary input.
  if (kindOf(from) === 'flow' && kindOf(to) !== 'flow') return { rule: 'V06', reason: 'kinds' };
  return { source, target, kind: kindOf(from) };
}

/** A loop's body comes back to its loop or ends; nothing else leads in or out. */
function regionFault(doc: Doc, lines: Lines, loop: string): Refusal | null {
  const region = regionOf(lines, loop);
  for (const id of region) {
    for (const line of lines.into.get(id) ?? []) {
      if (line.source === loop ? line.sourcePort !== 'body' : !region.has(line.source)) {
        return { rule: 'V08', reason: line.source === loop ? 'leaves' : 'enters' };
      }
    }
  }
  const returns = Object.values(doc.connections).filter((line) => line.kind === 'flow' && line.target === loop && isReturn(line));
  return returns.every(({ source }) => region.has(source)) ? null : { rule: 'V08', reason: 'enters' };
}

type Branches = ReadonlyMap<string, string>;
/**
 * The branches that are surely taken when a node runs: by the id of the node that chose, the port it chose. Where several lines come in,
 * only what all of them need is sure.
 */
function sureOf(doc: Doc, lines: Lines, portsOf: PortsOf): (line: Connection) => Branches {
  const known = new Map<string, Branches>();
  const ofNode = (id: string): Branches => {
    const there = known.get(id);
    if (there) return there;
    // Met again while it is worked out: a circle, which V07 tells of.
    known.set(id, new Map());
    const all = (lines.into.get(id) ?? []).map(ofLine);
    const sure = new Map([...(all[0] ?? [])].filter(([node, port]) => all.every((each) => each.get(node) === port)));
    known.set(id, sure);
    return sure;
  };
  const ofLine = ({ source, sourcePort }: Connection): Branches => {
    const node = doc.nodes[source];
    const chooses = node !== undefined && (portsOf(node).exclusive || sourcePort === 'error');
    return chooses ? new Map([...ofNode(source), [source, sourcePort]]) : ofNode(source);
  };
  return ofLine;
}
const excludes = (a: Branches, b: Branches): boolean => [...a].some(([node, port]) => b.has(node) && b.get(node) !== port);

/** Several lines into one input are fine when never more than one of them brings something. */
function crowded(doc: Doc, lines: Lines, line: Connection, portsOf: PortsOf): boolean {
  const others = Object.values(doc.connections).filter(
    ({ id, kind, target, targetPort }) => id !== line.id && kind === 'flow' && target === line.target && targetPort === line.targetPort,
  );
  if (others.length === 0) return false;
  const sure = sureOf(doc, lines, portsOf);
  return !others.every((other) => excludes(sure(other), sure(line)));
}

const isTwice = (doc: Doc, wanted: Wanted): boolean =>
  Object.values(doc.connections).some(
    ({ source, sourcePort, target, targetPort }) =>
      source === wanted.source && sourcePort === wanted.sourcePort && target === wanted.target && targetPort === wanted.targetPort,
  );

/** Whether two ports can be joined, and if so by which kind of line: rules V05 to V08 and V12 of workflows.md 7. */
export function judge(doc: Doc, wanted: Wanted, portsOf: PortsOf): { kind: ConnectionKind } | Refusal {
  const ends = endsOf(doc, wanted, portsOf);
  if ('rule' in ends) return ends;
  if (isTwice(doc, wanted)) return { rule: 'V05', reason: 'twice' };
  if (ends.kind !== 'flow') return { kind: ends.kind };

  const line: Connection = { ...wanted, id: '', kind: 'flow' };
  const joined = { ...doc, connections: { ...doc.connections, '': line } };
  const lines = linesOf(joined);
  if (!isReturn(line) && after(lines, wanted.target).has(wanted.source)) return { rule: 'V07', reason: 'circle' };
  const loops = Object.values(doc.nodes).filter((node) => portsOf(node).outputs.some(({ name }) => name === 'body'));
  for (const { id } of loops) {
    // What was wrong before this line is not its fault.
    const fault = regionFault(joined, lines, id);
    if (fault && !regionFault(doc, linesOf(doc), id)) return fault;
  }
  return crowded(joined, lines, line, portsOf) ? { rule: 'V12', reason: 'taken' } : { kind: 'flow' };
}
export const isRefusal = (verdict: { kind: ConnectionKind } | Refusal): verdict is Refusal => 'rule' in verdict;
