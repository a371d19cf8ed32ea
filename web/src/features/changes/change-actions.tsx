import { Ban, Check, Play, RotateCcw, Send, StepForward, X, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Change, ChangeAction, ChangeState } from '#lib/types.ts';
import { Button, type ButtonProps } from '#ui/button.tsx';
import { isTerminal } from './api.ts';

const icons: Record<ChangeAction, LucideIcon> = {
  approve: Check,
  reject: X,
  submit: Send,
  apply: Play,
  resume: StepForward,
  cancel: Ban,
  rollback: RotateCcw,
};
const variants: Partial<Record<ChangeAction, ButtonProps['variant']>> = {
  approve: 'primary',
  reject: 'danger-quiet',
  apply: 'primary',
  resume: 'primary',
  submit: 'primary',
};
/** Single keys, as in review tools. */
const hotkeys: Partial<Record<ChangeAction, string>> = { approve: 'a', reject: 'r' };

/** In which states an action means anything; elsewhere its button would only be noise. */
const meaningful: Record<ChangeAction, (state: ChangeState) => boolean> = {
  approve: (state) => state === 'awaiting_approval',
  reject: (state) => state === 'awaiting_approval',
  submit: (state) => state === 'planned',
  apply: (state) => state === 'approved' || state === 'scheduled',
  resume: (state) => state === 'paused',
  cancel: (state) => !isTerminal(state) && state !== 'rolling_back',
  rollback: (state) => state === 'succeeded' || state === 'partially_succeeded',
};
const ORDER: readonly ChangeAction[] = ['cancel', 'rollback', 'submit', 'apply', 'resume', 'reject', 'approve'];

const offeredActions = (change: Pick<Change, 'state' | 'actions'>): ChangeAction[] =>
  ORDER.filter((action) => change.actions[action]?.allowed || meaningful[action](change.state));

/** What can be done with a Change now. What cannot says why. */
export const ChangeActions = ({ change, onAct }: { change: Change; onAct: (action: ChangeAction) => void }) =>
  offeredActions(change).map((action) => {
    const Icon = icons[action];
    const { allowed, reason } = change.actions[action];
    const key = hotkeys[action];
    return (
      <Button
        key={action}
        variant={variants[action] ?? 'secondary'}
        blocked={allowed ? null : (reason ?? t(`change.act.${action}`))}
        icon={<Icon aria-hidden className="size-3.5" />}
        {...(key && allowed ? { 'data-hotkey': key, 'aria-keyshortcuts': key } : {})}
        onClick={() => onAct(action)}
      >
        {t(`change.act.${action}`)}
        {key && allowed && (
          <kbd aria-hidden className="ms-1 rounded-xs bg-current/15 px-1 font-sans text-2xs max-sm:hidden">
            {key.toUpperCase()}
          </kbd>
        )}
      </Button>
    );
  });
