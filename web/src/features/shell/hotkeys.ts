import { useEffect, useRef } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
const layered = (): boolean => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
const plain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey;
const isPalette = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;

/** The control on screen that carries this key; a page may have it twice, once for each width. */
const controlFor = (key: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[data-hotkey="${CSS.escape(key)}"]`)].find((control) => control.offsetParent !== null);

/**
 * Ctrl/⌘ K anywhere; single keys press the control that carries them as `data-hotkey`, unless someone is typing or a layer is open.
 */
export function useHotkeys(acts: { palette: () => void }): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isPalette(event)) {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      if (event.defaultPrevented || !plain(event) || typing(event.target) || layered()) return;
      const control = controlFor(event.key);
      if (!control) return;
      event.preventDefault();
      if (control instanceof HTMLInputElement) control.focus();
      else control.click();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
