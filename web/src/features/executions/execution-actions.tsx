import { Ban, CirclePause, Play, RotateCcw, Undo2, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button, type ButtonProps } from '#ui/button.tsx';
import { isEnded, type Execution, type ExecutionAct } from './types.ts';

type Offered = Exclude<ExecutionAct, 'migrate'>;
const ICONS: Readonly<Record<Offered, LucideIcon>> = { cancel: Ban, pause: CirclePause, resume: Play, retry: RotateCcw, rollback: Undo2 };
const VARIANTS: Partial<Record<Offered, ButtonProps['variant']>> = { cancel: 'danger-quiet', resume: 'primary', retry: 'primary' };
/** While a node waits for a person, their answer is what leads on; to resume does not. */
const waitsForSomebody = ({ nodes }: Execution): boolean => nodes.some(({ status }) => status === 'paused' || status === 'in_doubt');
const variantOf = (execution: Execution, act: Offered): ButtonProps['variant'] =>
  act === 'resume' && waitsForSomebody(execution) ? 'secondary' : (VARIANTS[act] ?? 'secondary');

/** In which states an act means anything; elsewhere its button would only be noise. */
function offered({ status, changes, actions }: Execution): Offered[] {
  if (isEnded(status)) return [...(changes.length > 0 || actions.rollback.allowed ? ['rollback' as const] : []), 'retry'];
  return ['cancel', status === 'paused' ? 'resume' : 'pause'];
}

/** What can be done with an execution now; what cannot says why. */
export const ExecutionActions = ({ execution, onAct }: { execution: Execution; onAct: (act: Offered) => void }) =>
  offered(execution).map((act) => {
    const Icon = ICONS[act];
    const { allowed, reason } = execution.actions[act];
    return (
      <Button
        key={act}
        variant={variantOf(execution, act)}
        blocked={allowed ? null : (reason ?? t(`executions.${act}`))}
        icon={<Icon aria-hidden className="size-3.5" />}
        onClick={() => onAct(act)}
      >
        {t(`executions.${act}`)}
      </Button>
    );
  });
