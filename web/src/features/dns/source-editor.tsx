import { useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import { t } from '#lib/i18n.ts';
import type { FieldControl } from '#ui/field.tsx';
import { lineStarts, offsetOf } from './lines.ts';
import { PAD, SourceGutter, topOf } from './source-gutter.tsx';
import { SourceView } from './source-view.tsx';

/** Characters beyond which the browser's own editor stalls; larger texts can be looked at, not typed in. */
export const LARGE = 200_000;

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

/** Text with line numbers: to write in, or to look at when it is large. */
export const SourceEditor = (props: SourceEditorProps) =>
  props.value.length > LARGE ? (
    <SourceView label={t('import.text')} text={props.value} marks={props.marks} onClear={() => props.onChange('')} ref={props.ref} />
  ) : (
    <Writable {...props} />
  );

function Writable({ control, value, onChange, marks, onFile, placeholder, ref }: SourceEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [view, setView] = useState({ top: 0, height: 320 });
  const count = useMemo(() => lineStarts(value).length, [value]);
  const measure = () => {
    if (area.current) setView({ top: area.current.scrollTop, height: area.current.clientHeight });
  };
  useEffect(measure, [value]);
  useImperativeHandle(ref, () => ({
    reveal(line, column) {
      const element = area.current;
      if (!element) return;
      element.focus();
      element.setSelectionRange(offsetOf(element.value, line, column), offsetOf(element.value, line, Infinity));
      element.scrollTop = Math.max(0, topOf(line) - element.clientHeight / 3);
    },
  }));
  return (
    <div
      dir="ltr"
      className="flex h-80 overflow-hidden rounded-md border border-line-control bg-surface focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/30"
    >
      <SourceGutter view={view} count={count} marks={marks} />
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
        onPaste={(event) => {
          // A large text would stall the browser before anyone could say so.
          const text = event.clipboardData.getData('text/plain');
          if (text.length <= LARGE) return;
          event.preventDefault();
          onChange(text);
        }}
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
