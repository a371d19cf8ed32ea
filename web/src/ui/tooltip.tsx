import { Slot } from 'radix-ui';
import { useEffect, useId, useLayoutEffect, useRef, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Key } from './key.tsx';
import { placed, type Side } from './placed.ts';

export interface TooltipProps {
  text: ReactNode;
  /** Shortcut shown beside the text. */
  keys?: string;
  side?: Side;
  children: ReactElement;
}

/** Before the first is shown; whoever goes along a row of buttons sees the next at once. */
const DELAY_MS = 350;
const AGAIN_MS = 150;
/** So long the pointer may take from its element to the words. */
const LEAVE_MS = 100;
let closedAt = 0;

/** What is shown, beside what it is about; closed by Escape alone, not with the dialog around it, and when things move. */
function Words({ id, anchor, side, close, onPointer, children }: { id: string; anchor: HTMLElement; side: Side; close: () => void; onPointer: (isOver: boolean) => void; children: ReactNode }) {
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { left, top } = placed(anchor.getBoundingClientRect(), own.current!.getBoundingClientRect(), side, document.documentElement);
    Object.assign(own.current!.style, { left: `${left}px`, top: `${top}px`, visibility: 'visible' });
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    };
    const onScroll = ({ target }: Event): void => void (target instanceof Node && target.contains(anchor) && close());
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('scroll', onScroll, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('scroll', onScroll, true);
    };
  }, [anchor, close]);
  return createPortal(
    <div
      ref={own}
      id={id}
      role="tooltip"
      onPointerEnter={() => onPointer(true)}
      onPointerLeave={() => onPointer(false)}
      className="pointer-events-auto invisible fixed z-50 flex max-w-72 items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float motion-safe:animate-in"
    >
      {children}
    </div>,
    document.body,
  );
} // prettier-ignore

/** A few words on hover and focus. Never the only place of something needed. */
export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef(false);
  const later = (ms: number, next: HTMLElement | null): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(next), ms);
  };
  const show = (next: HTMLElement | null): void => {
    clearTimeout(timer.current);
    if (!next && anchor) closedAt = Date.now();
    setAnchor(next);
  };
  const close = (): void => show(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      <Slot.Root
        {...(anchor ? { 'aria-describedby': id } : {})}
        onPointerEnter={({ pointerType, currentTarget }: PointerEvent<HTMLElement>) => {
          if (pointerType !== 'touch') later(anchor || Date.now() - closedAt < AGAIN_MS ? 0 : DELAY_MS, currentTarget);
        }}
        onPointerLeave={() => later(LEAVE_MS, null)}
        onPointerDown={() => {
          pressed.current = true;
          close();
        }}
        onClick={() => {
          pressed.current = false;
          close();
        }}
        onFocus={({ currentTarget }: FocusEvent<HTMLElement>) => {
          if (!pressed.current) show(currentTarget);
        }}
        onBlur={() => {
          pressed.current = false;
          close();
        }}
      >
        {children}
      </Slot.Root>
      {anchor && (
        <Words
          id={id}
          anchor={anchor}
          side={side}
          close={close}
          onPointer={(isOver) => (isOver ? clearTimeout(timer.current) : later(LEAVE_MS, null))}
        >
          {text}
          {keys && <Key>{keys}</Key>}
        </Words>
      )}
    </>
  );
}
