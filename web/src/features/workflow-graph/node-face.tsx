import { Eye, Hourglass, Minus, Pencil, Plus, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from './icons.tsx';
import { RunState, runStateTone } from './run-state.tsx';
import type { Effect, Mark, NodeState } from './types.ts';

export interface NodeFaceProps {
  name: string;
  nodeKey: string;
  icon: string | undefined;
  /** Of its type. */
  label: string;
  /** One line of what it is set to do. */
  summary?: string | undefined;
  effect?: Effect | undefined;
  disabled?: boolean | undefined;
  selected?: boolean | undefined;
  state?: NodeState | undefined;
  /** How often it ran, when more than once. */
  runs?: number | undefined;
  mark?: Mark | undefined;
  children?: ReactNode;
}

const EFFECTS = { effect: Zap, read: Eye, wait: Hourglass } as const;
const MARKS = { added: [Plus, 'text-good'], removed: [Minus, 'text-bad'], changed: [Pencil, 'text-warn'] } as const;
const FRAMES: Readonly<Record<string, string>> = {
  good: 'border-good',
  bad: 'border-bad',
  warn: 'border-warn',
  accent: 'border-accent',
  quiet: 'border-line-strong',
};
const MARKED: Readonly<Record<Mark, string>> = {
  added: 'border-good bg-good-wash',
  removed: 'border-bad bg-bad-wash border-dashed',
  changed: 'border-warn bg-warn-wash',
};

/** What effect it has on the world outside, as a small mark; what only computes has none. */
export function EffectMark({ effect }: { effect: Effect | undefined }) {
  const Icon = effect && effect in EFFECTS ? EFFECTS[effect as keyof typeof EFFECTS] : null;
  if (!Icon) return null;
  const text = t(`graph.effect.${effect as keyof typeof EFFECTS}`);
  return (
    <span title={text} className="text-ink-3">
      <Icon aria-hidden className="size-3" />
      <span className="sr-only">{text}</span>
    </span>
  );
}

/** How a node looks wherever a graph is shown: one body for all types, driven by the type. Ports are the caller's. */
export function NodeFace({ name, nodeKey, icon, label, summary, effect, disabled, selected, state, runs, mark, children }: NodeFaceProps) {
  const [MarkIcon, ink] = mark ? MARKS[mark] : [null, ''];
  const frame = mark ? MARKED[mark] : state ? FRAMES[runStateTone(state)] : 'border-line-strong';
  return (
    <div
      data-state={state}
      data-mark={mark}
      className={cx(
        'relative flex min-h-[4.5rem] w-52 flex-col justify-center gap-0.5 rounded-lg border bg-surface px-3 py-2 text-start text-ink shadow-control',
        frame,
        selected && 'outline-2 outline-offset-2 outline-accent',
        disabled && 'border-dashed',
      )}
    >
      <span className="flex items-center gap-2">
        <NodeIcon name={icon} className="size-4 shrink-0 text-ink-2" />
        <span className={cx('min-w-0 flex-1 truncate text-sm font-medium', disabled && 'line-through')}>{name || nodeKey}</span>
        <EffectMark effect={effect} />
        {MarkIcon && mark && (
          <span className={ink}>
            <MarkIcon aria-hidden className="size-3.5" strokeWidth={2.5} />
            <span className="sr-only">{t(`graph.mark.${mark}`)}</span>
          </span>
        )}
      </span>
      <span className="truncate text-xs text-ink-3">{summary || label}</span>
      {state && (
        <span className="flex items-center justify-between gap-2 text-xs text-ink-2">
          <RunState state={state} variant="plain" />
          {runs !== undefined && runs > 1 && <span className="tabular-nums">×{runs}</span>}
        </span>
      )}
      {children}
    </div>
  );
}

/** A note on the canvas: no ports, no run. */
export const NoteFace = ({ text, width, height }: { text: string; width?: number | undefined; height?: number | undefined }) => (
  <div
    style={{ width: width ?? 208, minHeight: height ?? 72 }}
    className="overflow-hidden rounded-md border border-warn/35 bg-warn-wash px-3 py-2 text-xs whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]"
  >
    {text}
  </div>
);
