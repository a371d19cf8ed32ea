import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Fault } from './types.ts';

export interface FaultListProps {
  faults: readonly Fault[];
  onGo: (fault: Fault) => void;
}
/** What is wrong or doubtful, each a way to its line; reached by Tab from the editor. */
export const FaultList = ({ faults, onGo }: FaultListProps) =>
  faults.length === 0 ? (
    <p className="flex items-center gap-2 text-ink-2">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      {t('policies.faults.none')}
    </p>
  ) : (
    <ul aria-label={t('policies.faults')} className="-mx-2 flex max-h-56 flex-col overflow-y-auto">
      {faults.map((fault) => {
        const Icon = fault.severity === 'error' ? CircleX : TriangleAlert;
        return (
          <li key={`${fault.line}:${fault.column}:${fault.message}`}>
            <button
              type="button"
              onClick={() => onGo(fault)}
              className="flex min-h-7 w-full items-start gap-2 rounded-md px-2 py-1 text-start hover:bg-hover"
            >
              <Icon aria-hidden className={fault.severity === 'error' ? 'mt-0.5 size-4 shrink-0 text-bad' : 'mt-0.5 size-4 shrink-0 text-warn'} />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="sr-only">{t(`policies.fault.${fault.severity}`)}: </span>
                <span className="text-xs text-ink-3 tabular-nums">{t('policies.fault.at', { line: fault.line, column: fault.column })}</span>{' '}
                {fault.message}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
