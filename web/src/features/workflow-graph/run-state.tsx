import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  RotateCw,
  SkipForward,
  TimerOff,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';

type Look = readonly [tone: Tone, icon: LucideIcon];
/** States of executions and of nodes in them (workflows.md 9.1). */
const LOOKS: Readonly<Record<string, Look>> = {
  queued: ['quiet', Clock],
  pending: ['quiet', CircleDashed],
  running: ['accent', LoaderCircle],
  retrying: ['warn', RotateCw],
  waiting: ['accent', Hourglass],
  paused: ['warn', CirclePause],
  completed: ['good', CircleCheck],
  partial_success: ['warn', TriangleAlert],
  failed: ['bad', CircleX],
  timed_out: ['bad', TimerOff],
  skipped: ['quiet', SkipForward],
  cancelled: ['quiet', Ban],
  in_doubt: ['warn', CircleHelp],
};
const UNKNOWN: Look = ['quiet', CircleDashed];
const INKS: Readonly<Record<Tone, string>> = {
  quiet: 'text-ink-3',
  accent: 'text-accent',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  outline: 'text-ink-2',
};

export const runStateText = (state: string): string => {
  const key = `executions.state.${state}`;
  return hasText(key) ? t(key) : words(state);
};
export const runStateTone = (state: string): Tone => (LOOKS[state] ?? UNKNOWN)[0];

/** State of an execution or of a node in it: icon, word and colour together. */
export function RunState({ state, variant = 'badge', className }: { state: string; variant?: 'badge' | 'plain' | 'icon'; className?: string }) {
  const [tone, Icon] = LOOKS[state] ?? UNKNOWN;
  const icon = <Icon aria-hidden className={cx('size-3.5', Icon === LoaderCircle && 'animate-spin')} />;
  const text = runStateText(state);
  if (variant === 'badge')
    return (
      <Badge tone={tone} icon={icon} {...(className ? { className } : {})}>
        {text}
      </Badge>
    );
  return (
    <span className={cx('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', className)}>
      <span className={INKS[tone]}>{icon}</span>
      <span className={cx(variant === 'icon' && 'sr-only')}>{text}</span>
    </span>
  );
}
