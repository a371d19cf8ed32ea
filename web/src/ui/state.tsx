import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  PowerOff,
  RotateCcw,
  ShieldQuestion,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge, type Tone } from './badge.tsx';

type Look = [tone: Tone, icon: LucideIcon];
const waits: Look = ['warn', Hourglass];
const moves: Look = ['accent', LoaderCircle];
const good: Look = ['good', CircleCheck];
const bad: Look = ['bad', CircleX];
const off: Look = ['quiet', Ban];

/** How the states of every kind of resource look; a state not listed is quiet with a dot. */
const looks: Record<string, Look> = {
  planning: moves,
  planned: ['quiet', CircleDashed],
  plan_failed: bad,
  awaiting_approval: ['warn', ShieldQuestion],
  partially_approved: waits,
  approved: good,
  scheduled: ['quiet', Clock],
  running: moves,
  paused: ['warn', CirclePause],
  verifying: moves,
  succeeded: good,
  failed: bad,
  failing: bad,
  partially_succeeded: ['warn', TriangleAlert],
  rolling_back: moves,
  rolled_back: ['quiet', RotateCcw],
  rollback_failed: bad,
  rejected: bad,
  expired: off,
  cancelled: off,
  stale: ['warn', TriangleAlert],
  pending: waits,
  success: good,
  failure: bad,
  denied: ['warn', Ban],
  error: bad,
  active: good,
  verified: good,
  live: good,
  ok: good,
  healthy: good,
  connected: good,
  in_sync: good,
  degraded: ['warn', TriangleAlert],
  drifted: ['warn', TriangleAlert],
  unhealthy: bad,
  ready: good,
  blocked: bad,
  restoring: moves,
  confirmed: good,
  applied: good,
  applying: moves,
  retrying: waits,
  removing: moves,
  unavailable: bad,
  down: bad,
  shutdown: ['warn', TriangleAlert],
  provisioning: moves,
  creating: moves,
  starting: moves,
  stopping: moves,
  rebooting: moves,
  resizing: moves,
  updating: moves,
  deleting: moves,
  requested: waits,
  missing: ['warn', TriangleAlert],
  unreachable: bad,
  auth_failed: bad,
  suspended: off,
  pending_delete: ['warn', Clock],
  stopped: ['quiet', PowerOff],
  deleted: off,
  disabled: off,
  revoked: off,
  invited: waits,
};
/** A server that runs is well, while a Change that runs is on its way. */
const steady: Record<string, Look> = { ...looks, running: good };

export interface StateProps {
  value: string;
  /** `resource`: what `running` means for a server rather than for a Change. */
  of?: 'change' | 'resource';
  variant?: 'badge' | 'plain';
  className?: string;
}

export const stateText = (value: string): string => {
  const key = `state.${value}`;
  return hasText(key) ? t(key) : words(value);
};
export const stateTone = (value: string, of: 'change' | 'resource' = 'change'): Tone => (of === 'resource' ? steady : looks)[value]?.[0] ?? 'quiet';

const inks: Record<Tone, string> = {
  quiet: 'text-ink-3',
  accent: 'text-accent',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
  outline: 'text-ink-2',
};

/** The state of something: icon, word and colour together. */
export function State({ value, of = 'change', variant = 'badge', className }: StateProps) {
  const [tone, Icon] = (of === 'resource' ? steady : looks)[value] ?? (['quiet', CircleDot] as Look);
  const icon = <Icon aria-hidden className={cx('size-3.5', Icon === LoaderCircle && 'animate-spin')} />;
  if (variant === 'badge') {
    return (
      <Badge tone={tone} icon={icon} {...(className ? { className } : {})}>
        {stateText(value)}
      </Badge>
    );
  }
  return (
    <span className={cx('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', className)}>
      <span className={inks[tone]}>{icon}</span>
      {stateText(value)}
    </span>
  );
}
