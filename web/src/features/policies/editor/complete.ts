import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { suggest, type OperationName, type Suggestion } from './suggest.ts';

const ICONS: Record<Suggestion['kind'], string> = {
  field: 'property',
  value: 'enum',
  operation: 'method',
  variable: 'variable',
  function: 'function',
};

/** Offers what may be written at the cursor, while one types and on Ctrl Space. */
export const complete = (operations: () => readonly OperationName[]): Extension => [
  closeBrackets(),
  autocompletion({
    icons: false,
    override: [
      ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
        const line = state.doc.lineAt(pos);
        const above = state.doc.sliceString(0, Math.max(0, line.from - 1)).split('\n');
        const found = suggest(line.from === 0 ? [] : above, line.text.slice(0, pos - line.from), operations());
        if (found.items.length === 0 || (found.replace === 0 && !explicit)) return null;
        const options = found.items.map(({ label, apply, detail, kind }) => ({ label, type: ICONS[kind], ...(apply ? { apply } : {}), ...(detail ? { detail } : {}) })); // prettier-ignore
        return { from: pos - found.replace, options, validFor: /^[\w.*-]*$/ };
      },
    ],
  }),
  keymap.of(closeBracketsKeymap),
];
