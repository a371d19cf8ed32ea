import type { NodeChange } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { moveTo, within } from '../graph/layout.ts';
import { edit, type Store } from '../state/store.ts';
import type { FlowNode, Places } from './flow.ts';

/** Nodes under way: the graph itself changes once, when they are let go. What lies on a note goes along with it. */
export function useDragging(store: Store) {
  const [dragged, setDragged] = useState<Places | null>(null);
  const latest = useRef<Places | null>(null);
  const along = useRef<ReadonlyMap<string, readonly string[]>>(new Map());
  const show = useCallback((places: Places | null) => {
    latest.current = places;
    setDragged(places);
  }, []);

  const start = useCallback(() => {
    const { past, types, selection } = store.get();
    const all = Object.values(past.doc.nodes);
    const notes = all.filter(({ type }) => type === 'note');
    along.current = new Map(
      notes.map((note) => [note.id, all.filter((node) => !selection.has(node.id) && within(note, node, types.size)).map(({ id }) => id)]),
    );
  }, [store]);

  const onDragged = useCallback(
    (changes: readonly NodeChange<FlowNode>[]) => {
      const moves = changes.flatMap((change) =>
        change.type === 'position' && change.dragging && change.position ? [[change.id, change.position] as const] : [],
      );
      if (moves.length === 0) return;
      const { nodes } = store.get().past.doc;
      const carried = moves.flatMap(([id, { x, y }]) =>
        (along.current.get(id) ?? []).map((other) => {
          const [from, of] = [nodes[id]?.layout, nodes[other]?.layout];
          return [other, { x: (of?.x ?? 0) + x - (from?.x ?? 0), y: (of?.y ?? 0) + y - (from?.y ?? 0) }] as const;
        }),
      );
      show(new Map([...(latest.current ?? []), ...carried, ...moves]));
    },
    [store, show],
  );

  const stop = useCallback(() => {
    const places = latest.current;
    show(null);
    if (places) edit(store, t('builder.step.move'), (doc) => moveTo(doc, places), 'drag');
  }, [store, show]);

  return { dragged, onDragged, start, stop };
}
