import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { cx } from '#lib/cx.ts';
import { isRightToLeft } from '#lib/i18n.ts';

export interface ResizerProps {
  label: string;
  /** Pixels. */
  value: number;
  min: number;
  max: number;
  /** Which way makes the pane larger, where people read from left to right. */
  grows: 'right' | 'left' | 'up';
  onChange: (value: number) => void;
}
const STEP = 16;
const MIRRORED = { right: 'left', left: 'right', up: 'up' } as const;
const KEYS = { right: ['ArrowRight', 'ArrowLeft'], left: ['ArrowLeft', 'ArrowRight'], up: ['ArrowUp', 'ArrowDown'] } as const;

/** The edge between two panes: dragged, or moved by arrows (the separator pattern of ARIA). */
export function Resizer({ label, value, min, max, grows, onChange }: ResizerProps) {
  const from = useRef<{ at: number; value: number } | null>(null);
  const across = grows !== 'up';
  const onward = isRightToLeft() ? MIRRORED[grows] : grows;
  const held = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const onKey = (event: KeyboardEvent) => {
    const [more, less] = KEYS[onward];
    if (event.key !== more && event.key !== less) return;
    event.preventDefault();
    event.stopPropagation();
    held(value + (event.key === more ? STEP : -STEP));
  };
  const onMove = (event: PointerEvent) => {
    if (!from.current) return;
    const moved = (across ? event.clientX : event.clientY) - from.current.at;
    held(from.current.value + (onward === 'right' ? moved : -moved));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={across ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: across ? event.clientX : event.clientY, value };
      }}
      onPointerMove={onMove}
      onPointerUp={() => (from.current = null)}
      className={cx(
        'z-10 shrink-0 touch-none bg-line hover:bg-accent focus-visible:bg-accent',
        across ? 'w-px cursor-col-resize px-0.5 -mx-0.5 bg-clip-content' : 'h-px cursor-row-resize py-0.5 -my-0.5 bg-clip-content',
      )}
    />
  );
}
