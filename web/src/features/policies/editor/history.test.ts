import { EditorState, type Transaction } from '@codemirror/state';
import { expect, test } from 'vitest';
import { history, redo, undo } from './history.ts';

/** An editor without a window. */
function editor(text: string) {
  let state = EditorState.create({ doc: text, extensions: [history] });
  const dispatch = (edit: Transaction) => void (state = edit.state);
  return {
    text: () => state.doc.toString(),
    insert: (at: number, insert: string, userEvent = 'input.type') => dispatch(state.update({ changes: { from: at, insert }, userEvent })),
    undo: () => undo({ state, dispatch }),
    redo: () => redo({ state, dispatch }),
  };
}

test('what is typed in one go is one step back, and can be brought again', () => {
  const it = editor('a');
  for (const [at, letter] of ['b', 'c', 'd'].entries()) it.insert(at + 1, letter);
  it.insert(0, 'pasted ', 'input.paste');
  expect(it.text()).toBe('pasted abcd');
  expect([it.undo(), it.text()]).toEqual([true, 'abcd']);
  expect([it.undo(), it.text()]).toEqual([true, 'a']);
  expect(it.undo()).toBe(false);
  expect([it.redo(), it.redo(), it.text()]).toEqual([true, true, 'pasted abcd']);
});

test('an edit after a step back ends the way forward', () => {
  const it = editor('a');
  it.insert(1, 'b', 'input.paste');
  it.undo();
  it.insert(1, 'c', 'input.paste');
  expect([it.redo(), it.text()]).toEqual([false, 'ac']);
});
