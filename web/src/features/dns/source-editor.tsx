import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { cx } from '#lib/cx.ts';
import type { FieldControl } from '#ui/field.tsx';

/** Height of a line in pixels; fixed, so that numbers and text stay side by side. */
const LINE = 20;
const PAD = 8;

export interface SourceEditorHandle {
  /** Bring a place on screen and put the cursor there; both count from 1. */
  reveal: (line: number, column: number) => void;
}
export interface SourceEditorProps {
  control: FieldControl;
  value: string;
  onChange: (value: string) => void;
  /** Lines to mark, with why. */
  marks: ReadonlyMap<number, string>;
  /** A file was dropped on the text. */
  onFile: (file: File | undefined) => void;
  placeholder?: string;
  ref?: Ref<SourceEditorHandle>;
}

/** Offset of a line and column in a text, both counted from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let now = 1; now < line; now++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + column - 1, end < 0 ? text.length : end);
}

const countLines = (text: string): number => {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
};

/** Text with line numbers. Only the numbers on screen are drawn, so a file of megabytes stays quick. */
export function SourceEditor({ control, value, onChange, marks, onFile, placeholder, ref }: SourceEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [view, setView] = useState({ top: 0, height: 320 });
  const lines = countLines(value);
  const measure = () => {
    if (area.current) setView({ top: area.current.scrollTop, height: area.current.clientHeight });
  };
  useEffect(measure, [value]);
  useImperativeHandle(ref, () => ({
    reveal(line, column) {
      const element = area.current;
      if (!element) return;
      const at = offsetOf(element.value, line, column);
      element.focus();
      element.setSelectionRange(at, offsetOf(element.value, line, Infinity));
      element.scrollTop = Math.max(0, (line - 1) * LINE - element.clientHeight / 3);
    },
  }));
  const first = Math.max(0, Math.floor((view.top - PAD) / LINE));
  const last = Math.min(lines, Math.ceil((view.top + view.height) / LINE) + 1);
  const digits = Math.max(3, String(lines).length);
  return (
    <div
      dir="ltr"
      className="flex h-80 overflow-hidden rounded-md border border-line-control bg-surface focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/30"
    >
      <div aria-hidden className="relative shrink-0 overflow-hidden border-e border-line bg-sunken" style={{ width: `${digits + 2}ch` }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, i) => {
          const line = first + i + 1;
          return (
            <span
              key={line}
              title={marks.get(line)}
              className={cx(
                'absolute end-0 w-full pe-2 text-end font-mono text-2xs leading-5',
                marks.has(line) ? 'bg-bad-fill font-semibold text-white' : 'text-ink-3',
              )}
              style={{ top: PAD + (line - 1) * LINE - view.top }}
            >
              {line}
            </span>
          );
        })}
      </div>
      <textarea
        {...control}
        ref={area}
        wrap="off"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        onScroll={measure}
        onDrop={(event) => {
          // Text that is dropped is the browser's to insert.
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          onFile(event.dataTransfer.files[0]);
        }}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 flex-1 resize-none bg-transparent px-3 font-mono text-xs leading-5 outline-none pointer-coarse:text-sm pointer-coarse:leading-5"
        style={{ paddingBlock: PAD }}
      />
    </div>
  );
}
