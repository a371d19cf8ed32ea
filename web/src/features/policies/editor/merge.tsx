import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { highlight } from './highlight.ts';
import { theme } from './theme.ts';

const looks = (label: string): Extension => [
  lineNumbers(),
  highlight,
  theme,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  // Focusable, so that keyboards can scroll it.
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
];
export interface MergeProps {
  before: { label: string; text: string };
  after: { label: string; text: string };
}

/** Two texts with what differs marked: beside each other where there is room, one in the other on a phone. */
export function Merge({ before, after }: MergeProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = place.current!;
    const wide = window.matchMedia('(min-width: 56rem)').matches;
    const made = wide
      ? new MergeView({
          a: { doc: before.text, extensions: looks(before.label) },
          b: { doc: after.text, extensions: looks(after.label) },
          parent,
          gutter: true,
        })
      : new EditorView({
          doc: after.text,
          parent,
          extensions: [looks(`${before.label}, ${after.label}`), unifiedMergeView({ original: before.text, mergeControls: false })],
        });
    return () => made.destroy();
  }, [before.label, before.text, after.label, after.text]);
  return <div ref={place} dir="ltr" className="max-h-[70dvh] overflow-auto rounded-md border border-line" />;
}
