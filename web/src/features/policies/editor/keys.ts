import { EditorSelection, type ChangeSpec, type StateCommand } from '@codemirror/state';
import { keymap } from '@codemirror/view';

const INDENT = '  ';

/** Enter keeps the indentation, and goes deeper after a colon or below a new item. */
const newLine: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const edit = state.changeByRange(({ from, to }) => {
    const line = state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from);
    const [, space = '', item = ''] = /^(\s*)((?:- +)*)/.exec(before) ?? [];
    const text = `\n${space}${' '.repeat(item.length)}${/:\s*$/.test(before) ? INDENT : ''}`;
    return { changes: { from, to, insert: text }, range: EditorSelection.cursor(from + text.length) };
  });
  dispatch(state.update(edit, { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

const shift =
  (by: 1 | -1): StateCommand =>
  ({ state, dispatch }) => {
    if (state.readOnly) return false;
    const changes: ChangeSpec[] = [];
    for (const { from, to } of state.selection.ranges) {
      for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
        const spaces = Math.min(INDENT.length, line.text.length - line.text.trimStart().length);
        if (by > 0) changes.push({ from: line.from, insert: INDENT });
        else if (spaces > 0) changes.push({ from: line.from, to: line.from + spaces });
        if (line.to >= to || line.number === state.doc.lines) break;
      }
    }
    if (changes.length > 0) dispatch(state.update({ changes, userEvent: by > 0 ? 'input.indent' : 'delete.dedent' }));
    return true;
  };

/** The browser selects and deletes only what is drawn; of a long text that is a part. */
const selectAll: StateCommand = ({ state, dispatch }) => {
  dispatch(state.update({ selection: { anchor: 0, head: state.doc.length }, userEvent: 'select' }));
  return true;
};
const deleteSelection: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly || state.selection.main.empty) return false;
  dispatch(state.update(state.replaceSelection(''), { scrollIntoView: true, userEvent: 'delete.selection' }));
  return true;
};

/** Tab is not among them: it leads out of the editor, as from every field. */
export const editing = keymap.of([
  { key: 'Enter', run: newLine },
  { key: 'Mod-]', run: shift(1), preventDefault: true },
  { key: 'Mod-[', run: shift(-1), preventDefault: true },
  { key: 'Mod-a', run: selectAll, preventDefault: true },
  { key: 'Backspace', run: deleteSelection },
  { key: 'Delete', run: deleteSelection },
]);
