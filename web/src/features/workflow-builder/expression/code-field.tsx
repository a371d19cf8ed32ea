import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { FieldControl } from '#ui/field.tsx';
import { history } from '#features/policies/editor/history.ts';
import { editing } from '#features/policies/editor/keys.ts';
import { theme } from '#features/policies/editor/theme.ts';
import { suggest, type Known } from './suggest.ts';

type CodeMode = 'expr' | 'tpl' | 'javascript' | 'json';
export interface CodeFieldProps {
  control: FieldControl;
  label: string;
  mode: CodeMode;
  value: string;
  onChange: (value: string) => void;
  readOnly?: boolean;
  known?: Known | undefined;
  /** Lines that are there from the first. */
  lines?: number;
}

const looks = {
  mark: Decoration.mark({ class: 'cm-key' }),
  text: Decoration.mark({ class: 'cm-text' }),
  value: Decoration.mark({ class: 'cm-value' }),
};
const PARTS =
  /(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<mark>\{\{|\}\}|\b(?:input|trigger|nodes|item|index|loop|vars|secrets|execution|workflow|tenant|actor|error)\b)|(?<value>\b(?:true|false|null|\d+(?:\.\d+)?)\b)/g;
const matcher = new MatchDecorator({
  regexp: PARTS,
  decorate(add, from, to, { groups = {} }) {
    const name = (['text', 'mark', 'value'] as const).find((one) => groups[one] !== undefined);
    if (name) add(from, to, looks[name]);
  },
});
const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const complete = (mode: 'expr' | 'tpl', known: () => Known): Extension =>
  autocompletion({
    icons: false,
    override: [
      ({ state, pos, explicit }: CompletionContext) => {
        const { replace, items } = suggest(state.doc.sliceString(0, pos), mode, known());
        const before = state.doc.sliceString(pos - 1, pos);
        if (items.length === 0 || (replace === 0 && !explicit && before !== '.')) return null;
        const options = items.map(({ label, detail, kind }) => ({ label, type: kind, ...(detail ? { detail } : {}) }));
        return { from: pos - replace, options, validFor: /^[\w.]*$/ };
      },
    ],
  });

const NOTHING: Known = { nodes: [], vars: [] };
/** In the length of the field rather than in that of the page. */
const sized = (lines: number): Extension =>
  EditorView.theme({
    '&': { height: 'auto', maxHeight: '24rem' },
    '.cm-content': { minHeight: `${lines * 1.25 + 0.75}rem`, paddingBlock: '0.375rem' },
  });

function extensions({ mode, label, control, lines = 1, readOnly = false }: CodeFieldProps, latest: { current: CodeFieldProps }): Extension[] {
  const expression = mode === 'expr' || mode === 'tpl';
  return [
    drawSelection(),
    history,
    closeBrackets(),
    expression
      ? [colours, complete(mode, () => latest.current.known ?? NOTHING)]
      : mode === 'json'
        ? colours
        : [javascript(), autocompletion(), lineNumbers()],
    Prec.high(keymap.of(completionKeymap)),
    keymap.of(closeBracketsKeymap),
    editing,
    theme,
    sized(lines),
    EditorView.lineWrapping,
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      id: control.id,
      'aria-label': label,
      spellcheck: 'false',
      autocapitalize: 'none',
      tabindex: '0',
      ...(control['aria-describedby'] ? { 'aria-describedby': control['aria-describedby'] } : {}),
      ...(control['aria-invalid'] ? { 'aria-invalid': 'true' } : {}),
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((each) => each.isUserEvent('set'))) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}

/** An expression, a template or code, with colours and completion. Tab leads out of it, as from every field. */
export function CodeField(props: CodeFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const { value } = props;
  useEffect(() => {
    const made = new EditorView({ doc: latest.current.value, parent: place.current!, extensions: extensions(latest.current, latest) });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const { current } = view;
    if (current && current.state.doc.toString() !== value)
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value }, userEvent: 'set' });
  }, [value]);
  return (
    <div
      ref={place}
      dir="ltr"
      className="overflow-hidden rounded-md border border-line-control focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/30"
    />
  );
}
