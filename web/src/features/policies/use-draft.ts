import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { t } from '#lib/i18n.ts';

/** A text that is being written over a saved one. Whoever leaves with unsaved words is asked first. */
export function useDraft(saved: string) {
  const [text, setText] = useState(saved);
  const [base, setBase] = useState(saved);
  // State is one render late: what was saved a moment ago must not be asked about.
  const dirty = useRef(false);
  dirty.current = text !== base;
  useBlocker({
    // Another tab of the same page keeps the draft.
    shouldBlockFn: ({ current, next }) => dirty.current && current.pathname !== next.pathname && !window.confirm(t('policies.unsaved.ask')),
    enableBeforeUnload: () => dirty.current,
  });
  /** What was saved is the text from now on. */
  const settle = (next: string) => {
    setText(next);
    setBase(next);
    dirty.current = false;
  };
  return { text, setText, isDirty: text !== base, settle };
}
