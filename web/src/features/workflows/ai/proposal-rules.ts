import { applyEdit, type Doc } from '#features/workflow-builder/graph/doc.ts';
import type { Edit } from '#features/workflow-builder/types.ts';
import type { Json } from '#lib/types.ts';
import type { Proposal, ProposedEdit } from './types.ts';

type Chosen = ReadonlySet<number>;

/** Everything that is found from here by `next`, itself included. */
function reach(from: number, next: (at: number) => readonly number[]): Set<number> {
  const found = new Set([from]);
  for (const at of found) for (const other of next(at)) found.add(other);
  return found;
}

/** What is accepted after one is turned on or off: what it needs comes along, what needs it goes along. */
export function toggled(proposals: readonly Proposal[], chosen: Chosen, at: number, on: boolean): Set<number> {
  const needs = (one: number): readonly number[] => proposals[one]?.needs ?? [];
  const neededBy = (one: number): readonly number[] => proposals.flatMap((each, other) => (each.needs.includes(one) ? [other] : []));
  const turned = reach(at, on ? needs : neededBy);
  return on ? new Set([...chosen, ...turned]) : new Set([...chosen].filter((one) => !turned.has(one)));
}

const isGraphEdit = (edit: ProposedEdit): edit is Edit => edit.op !== 'updateSettings';

/** Whether what the edit is about is still there: others may have worked on the graph since it was proposed. */
function fits({ nodes, connections }: Doc, edit: Edit): boolean {
  switch (edit.op) {
    case 'addNode':
      return nodes[edit.node.id] === undefined;
    case 'connect':
      return nodes[edit.connection.source] !== undefined && nodes[edit.connection.target] !== undefined;
    case 'disconnect':
      return connections[edit.id] !== undefined;
    default:
      return nodes[edit.id] !== undefined;
  }
}

/** The graph with what is accepted, in its order; `left` are places of accepted ones that no longer fit. */
export function accepted(doc: Doc, proposals: readonly Proposal[], chosen: Chosen): { doc: Doc; left: number[] } {
  const left: number[] = [];
  let next = doc;
  for (const [at, { edit }] of proposals.entries()) {
    if (!chosen.has(at) || !isGraphEdit(edit)) continue;
    if (fits(next, edit)) next = applyEdit(next, edit);
    else left.push(at);
  }
  return { doc: next, left };
}

/** Accepted settings of the workflow, which are no part of the graph; null where there are none. */
export function settingsOf(proposals: readonly Proposal[], chosen: Chosen): Record<string, Json> | null {
  const sets = proposals.flatMap(({ edit }, at) => (chosen.has(at) && edit.op === 'updateSettings' ? [edit.set] : []));
  return sets.length > 0 ? Object.assign({}, ...sets) : null;
}

/** Names of nodes, those that would be added among them. */
export const namesIn = (doc: Doc, proposals: readonly Proposal[]): ReadonlyMap<string, string> =>
  new Map([
    ...Object.values(doc.nodes).map(({ id, name, key }): [string, string] => [id, name || key]),
    ...proposals.flatMap(({ edit }): [string, string][] => (edit.op === 'addNode' ? [[edit.node.id, edit.node.name || edit.node.key]] : [])),
  ]);

/** What an edit does, as a name of its words, and what it does it to. */
export interface Deed {
  act: 'add' | 'change' | 'move' | 'remove' | 'connect' | 'disconnect' | 'settings';
  name: string;
  to: string;
  /** The node to show. */
  nodeId: string | null;
}
export function deedOf(edit: ProposedEdit, doc: Doc, names: ReadonlyMap<string, string>): Deed {
  const nameOf = (id: string | undefined): string => names.get(id ?? '') ?? '';
  const joined = (act: Deed['act'], line: { source: string; target: string } | undefined): Deed => ({
    act,
    name: nameOf(line?.source),
    to: nameOf(line?.target),
    nodeId: line?.target ?? null,
  });
  switch (edit.op) {
    case 'addNode':
      return { act: 'add', name: nameOf(edit.node.id), to: '', nodeId: edit.node.id };
    case 'updateNode':
      return { act: 'change', name: nameOf(edit.id), to: '', nodeId: edit.id };
    case 'moveNode':
      return { act: 'move', name: nameOf(edit.id), to: '', nodeId: edit.id };
    case 'removeNode':
      return { act: 'remove', name: nameOf(edit.id), to: '', nodeId: edit.id };
    case 'connect':
      return joined('connect', edit.connection);
    case 'disconnect':
      return joined('disconnect', doc.connections[edit.id]);
    case 'updateSettings':
      return { act: 'settings', name: Object.keys(edit.set).join(', '), to: '', nodeId: null };
  }
}
