import { Ban, Check, ChevronsUp, Forward, Undo2, X, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button, type ButtonProps } from '#ui/button.tsx';
import type { ApprovalAct, ApprovalRequest } from './types.ts';

const icons: Record<ApprovalAct, LucideIcon> = { approve: Check, reject: X, delegate: Forward, revoke: Undo2, escalate: ChevronsUp, cancel: Ban };
const variants: Partial<Record<ApprovalAct, ButtonProps['variant']>> = { approve: 'primary', reject: 'danger-quiet' };
/** Single keys, as in review tools. */
const hotkeys: Partial<Record<ApprovalAct, string>> = { approve: 'a', reject: 'r', delegate: 'd' };
const ORDER: readonly ApprovalAct[] = ['cancel', 'escalate', 'revoke', 'delegate', 'reject', 'approve'];

/** Deciding is always shown while it is open, with the reason when one may not; the rest only to whom it concerns. */
const shown = ({ actions, status }: ApprovalRequest): ApprovalAct[] => {
  const open = status === 'pending' || status === 'partially_approved';
  return ORDER.filter((act) => actions[act].allowed || (open && (act === 'approve' || act === 'reject')));
};

export const ApprovalActions = ({ request, onAct }: { request: ApprovalRequest; onAct: (act: ApprovalAct) => void }) =>
  shown(request).map((act) => {
    const Icon = icons[act];
    const { allowed, reason } = request.actions[act];
    const key = hotkeys[act];
    return (
      <Button
        key={act}
        variant={variants[act] ?? 'secondary'}
        blocked={allowed ? null : (reason ?? t(`approvals.act.${act}`))}
        icon={<Icon aria-hidden className="size-3.5" />}
        {...(key && allowed ? { 'data-hotkey': key, 'aria-keyshortcuts': key } : {})}
        onClick={() => onAct(act)}
      >
        {t(`approvals.act.${act}`)}
        {key && allowed && (
          <kbd aria-hidden className="ms-1 rounded-xs bg-current/15 px-1 font-sans text-2xs max-sm:hidden">
            {key.toUpperCase()}
          </kbd>
        )}
      </Button>
    );
  });
