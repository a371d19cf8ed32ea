import { X } from 'lucide-react';
import { useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import { cx } from '#lib/cx.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { lineOf, lineStarts } from './lines.ts';
import type { SourceEditorHandle } from './source-editor.tsx';
import { inSight, LINE, PAD, SourceGutter, topOf } from './source-gutter.tsx';

/** Browsers cut elements at about 33 million pixels. */
const MOST_LINES = 1_500_000;

export interface SourceViewProps {
  label: string;
  text: string;
  marks: ReadonlyMap<number, string>;
  onClear: () => void;
  ref?: Ref<SourceEditorHandle> | undefined;
}

/** A text that is too large for the browser's own editor: to look at, only the lines in sight are drawn. */
export function SourceView({ label, text, marks, onClear, ref }: SourceViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 320 });
  const starts = useMemo(() => lineStarts(text), [text]);
  const count = Math.min(starts.length, MOST_LINES);
  const { first, last } = inSight(view, count);
  useImperativeHandle(ref, () => ({
    reveal(line) {
      const element = scroller.current;
      if (!element) return;
      element.focus();
      element.scrollTop = Math.max(0, topOf(line) - element.clientHeight / 3);
    },
  }));
  return (
    <div className="flex flex-col overflow-hidden rounded-md border border-line-control bg-surface">
      <p className="flex items-center justify-between gap-2 border-b border-line bg-sunken px-3 py-1 text-xs text-ink-2">
        {t('import.large', { lines: number(starts.length), size: number(Math.ceil(text.length / 1024)) })}
        <button type="button" onClick={onClear} className="inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-press">
          <X aria-hidden className="size-3" />
          {t('import.clear')}
        </button>
      </p>
      <div dir="ltr" className="flex h-72">
        <SourceGutter view={view} count={count} marks={marks} />
        <div
          ref={scroller}
          role="group"
          aria-label={label}
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, clientHeight } }) => setView({ top: scrollTop, height: clientHeight })}
          className="relative min-w-0 flex-1 overflow-auto font-mono text-xs leading-5 -outline-offset-2"
        >
          <div aria-hidden style={{ height: count * LINE + 2 * PAD }} />
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
            const line = first + i;
            return (
              <div key={line} className={cx('absolute start-0 px-3 whitespace-pre', marks.has(line) && 'bg-bad-wash')} style={{ top: topOf(line) }}>
                {lineOf(text, starts, line) || ' '}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
