import { Annotation, StateField, type ChangeSet, type EditorSelection, type Extension, type StateCommand, type Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

/** The way back from one edit. */
interface Step {
  changes: ChangeSet;
  selection: EditorSelection;
  at: number;
  typed: boolean;
}
interface Past {
  done: readonly Step[];
  undone: readonly Step[];
}
const MOST = 200;
/** Keys within this time are one step. */
const JOIN_MS = 600;
const travel = Annotation.define<'undo' | 'redo'>();

const stepOf = (edit: Transaction): Step => ({
  changes: edit.changes.invert(edit.startState.doc),
  selection: edit.startState.selection,
  at: Date.now(),
  typed: edit.isUserEvent('input.type') || edit.isUserEvent('delete'),
});

function remember({ done }: Past, edit: Transaction): Past {
  const [last, next] = [done.at(-1), stepOf(edit)];
  const joins = last !== undefined && last.typed && next.typed && next.at - last.at < JOIN_MS;
  const joined = joins ? { ...last, changes: next.changes.compose(last.changes), at: next.at } : next;
  return { done: [...(joins ? done.slice(0, -1) : done), joined].slice(-MOST), undone: [] };
}

const past = StateField.define<Past>({
  create: () => ({ done: [], undone: [] }),
  update(value, edit) {
    const way = edit.annotation(travel);
    if (way === 'undo') return { done: value.done.slice(0, -1), undone: [...value.undone, { ...stepOf(edit), typed: false }] };
    if (way === 'redo') return { done: [...value.done, { ...stepOf(edit), typed: false }], undone: value.undone.slice(0, -1) };
    return edit.docChanged ? remember(value, edit) : value;
  },
});

const go =
  (way: 'undo' | 'redo'): StateCommand =>
  ({ state, dispatch }) => {
    const step = state.field(past)[way === 'undo' ? 'done' : 'undone'].at(-1);
    if (step === undefined || state.readOnly) return false;
    dispatch(state.update({ changes: step.changes, selection: step.selection, annotations: travel.of(way), userEvent: way, scrollIntoView: true }));
    return true;
  };
export const undo = go('undo');
export const redo = go('redo');

/** Undo and redo, by keys and by the menus of the browser. */
export const history: Extension = [
  past,
  keymap.of([
    { key: 'Mod-z', run: undo, preventDefault: true },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: redo, preventDefault: true },
    { linux: 'Ctrl-Shift-z', run: redo, preventDefault: true },
  ]),
  EditorView.domEventHandlers({
    beforeinput: ({ inputType }, view) => {
      const command = inputType === 'historyUndo' ? undo : inputType === 'historyRedo' ? redo : undefined;
      return command?.(view) ?? false;
    },
  }),
];
