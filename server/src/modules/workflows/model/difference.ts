import { canonicalJson } from '#kernel/ids.ts';
import type { Connection, GraphNode, Json, WorkflowSettings } from '../graph.ts';
import type { Draft, Edit } from './edits.ts';

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));

const FIELDS = ['key', 'name', 'description', 'type', 'typeVersion', 'config', 'settings', 'notes'] as const;

function changesOf(before: GraphNode, after: GraphNode): Edit[] {
  const set = Object.fromEntries(FIELDS.filter((field) => !same(before[field], after[field])).map((field) => [field, after[field] ?? null]));
  const moved = after.layout !== undefined && !same(before.layout, after.layout);
  return [
    ...(Object.keys(set).length > 0 ? [{ op: 'updateNode', id: after.id, set } as Edit] : []),
    ...(moved ? [{ op: 'moveNode', id: after.id, layout: after.layout! } as const] : []),
  ];
}

function settingsEdits(before: WorkflowSettings, after: WorkflowSettings): Edit[] {
  const [old, now] = [before, after] as unknown as Record<string, Json>[];
  const names = [...new Set([...Object.keys(old!), ...Object.keys(now!)])].filter((name) => !same(old![name], now![name]));
  return names.length === 0 ? [] : [{ op: 'updateSettings', set: Object.fromEntries(names.map((name) => [name, now![name] ?? null])) }];
}

/** A node whose layout was taken away is made anew: no edit says that it stands nowhere. */
const isReplaced = (before: GraphNode, after: GraphNode): boolean => before.layout !== undefined && after.layout === undefined;

/** Edits that make one draft of the other, for those who have to rebase on what was written as a whole. */
export function editsBetween(before: Draft, after: Draft): Edit[] {
  const [old, now] = [byId(before.graph.nodes), byId(after.graph.nodes)];
  const [oldLinks, links] = [byId(before.graph.connections), byId(after.graph.connections)];
  const renewed = new Set([...now.values()].filter((node) => old.has(node.id) && isReplaced(old.get(node.id)!, node)).map(({ id }) => id));
  const touches = ({ source, target }: Connection): boolean => renewed.has(source) || renewed.has(target);
  const stays = (id: string): boolean => links.has(id) && same(oldLinks.get(id), links.get(id)) && !touches(links.get(id)!);
  const gone = [...old.keys()].filter((id) => !now.has(id) || renewed.has(id));
  return [
    ...[...oldLinks.keys()].filter((id) => !stays(id)).map((id) => ({ op: 'disconnect', id }) as const),
    ...gone.map((id) => ({ op: 'removeNode', id }) as const),
    ...[...now.values()].flatMap((node): Edit[] => (old.has(node.id) && !renewed.has(node.id) ? changesOf(old.get(node.id)!, node) : [{ op: 'addNode', node }])),
    ...[...links.values()].filter(({ id }) => !oldLinks.has(id) || !stays(id)).map((connection) => ({ op: 'connect', connection }) as const),
    ...settingsEdits(before.settings, after.settings),
  ];
} // prettier-ignore
