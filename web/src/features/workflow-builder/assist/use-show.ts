import { select, useStore } from '../state/store.ts';
import { revealed } from '../view.ts';

/** Brings a step into view, where the graph is in sight beside what speaks of it. */
export function useShow(): ((nodeId: string) => void) | undefined {
  const store = useStore();
  if (matchMedia('(max-width: 767px)').matches) return undefined;
  return (id) => {
    if (!store.get().past.doc.nodes[id]) return;
    select(store, [id]);
    revealed.set({ id });
  };
}
