import { completionKeymap } from '@codemirror/autocomplete';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Prec, type EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { Fault } from '../types.ts';
import { complete } from './complete.ts';
import { highlight } from './highlight.ts';
import { history } from './history.ts';
import { editing } from './keys.ts';
import type { OperationName } from './suggest.ts';
import { theme } from './theme.ts';

export interface CodeEditorHandle {
  /** Bring a place on screen and put the cursor there; both count from 1. */
  reveal: (line: number, column: number) => void;
}
export interface CodeEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  faults: readonly Fault[];
  /** Offered where a rule names one. */
  operations: readonly OperationName[];
  ref?: Ref<CodeEditorHandle>;
}

/** Where a fault stands in the text as it is now, which may be shorter than the one that was checked. */
function placeOf({ doc }: EditorState, line: number, column: number): { from: number; to: number } {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(found.from + Math.max(column, 1) - 1, found.to);
  const word = /^[\w.-]+/.exec(found.text.slice(from - found.from))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, found.to) };
}
const diagnosticOf = (state: EditorState, { line, column, message, severity }: Fault): Diagnostic => ({
  ...placeOf(state, line, column),
  message,
  severity,
});

/** A text in YAML with line numbers, colours, completion and faults at their places. Tab leads out of it; F8 goes to the next fault. */
export function CodeEditor({ label, value, onChange, faults, operations, ref }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef({ onChange, operations });
  latest.current = { onChange, operations };

  useEffect(() => {
    const made = new EditorView({
      doc: value,
      parent: place.current!,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        highlight,
        history,
        lintGutter(),
        complete(() => latest.current.operations),
        Prec.high(keymap.of(completionKeymap)),
        keymap.of(lintKeymap),
        editing,
        theme,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'none', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
    // The text of the first moment; later ones are written into it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- an editor lives as long as its place
  }, []);

  useEffect(() => {
    const { current } = view;
    if (current && current.state.doc.toString() !== value)
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value }, userEvent: 'set' });
  }, [value]);
  useEffect(() => {
    const { current } = view;
    if (current) current.dispatch(setDiagnostics(current.state, faults.map((fault) => diagnosticOf(current.state, fault)))); // prettier-ignore
  }, [faults]);
  useImperativeHandle(ref, () => ({
    reveal(line, column) {
      const { current } = view;
      if (!current) return;
      const { from } = placeOf(current.state, line, column);
      current.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      current.focus();
    },
  }));
  return (
    <div
      ref={place}
      dir="ltr"
      className="h-full min-h-72 overflow-hidden rounded-md border border-line-control focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/30"
    />
  );
}
