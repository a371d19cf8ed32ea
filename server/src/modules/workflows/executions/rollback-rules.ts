/** A Change that an execution made, or an effect of a node that another one undoes, as an undo looks at it. */
export interface Undoable {
  id: string;
  number: string;
  operation: string;
  summary: string;
  state: string;
  endedAt: Date | null;
  /** Why it cannot be rolled back; null when it can. */
  hindrance: string | null;
  /** Undone by a node of the workflow, not by the Change's own way back. */
  compensation?: { nodeId: string; path: string; by: string };
}

export interface UndoPlan {
  /** In the order in which they are undone: the last that was done comes first. */
  undo: Undoable[];
  /** Did something that stays. */
  stays: Undoable[];
}

const DID_SOMETHING: ReadonlySet<string> = new Set(['succeeded', 'partially_succeeded']);

/** What undoing an execution comes to (workflows.md 9.9). Changes that did nothing, or were undone already, are in neither list. */
export function undoOrder(changes: readonly (Undoable & { rolledBack: boolean })[]): UndoPlan {
  const did = changes
    .filter(({ state, rolledBack }) => DID_SOMETHING.has(state) && !rolledBack)
    .toSorted((a, b) => (b.endedAt?.getTime() ?? 0) - (a.endedAt?.getTime() ?? 0) || (a.id < b.id ? 1 : -1))
    .map(({ rolledBack: _, ...change }) => change);
  return { undo: did.filter(({ hindrance }) => hindrance === null), stays: did.filter(({ hindrance }) => hindrance !== null) };
}
