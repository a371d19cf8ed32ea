import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '../button.tsx';

/** What can be done with the selected rows; floats over the end of the table. */
export const BulkBar = ({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) => (
  <div
    role="region"
    aria-label={t('table.selection')}
    className="sticky bottom-3 z-20 mx-auto -mt-14 mb-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg bg-raised py-1.5 ps-3 pe-1.5 shadow-float motion-safe:animate-in"
  >
    <span aria-live="polite" className="me-1 text-sm font-medium">
      {t('table.selected', { count })}
    </span>
    {children}
    <Button variant="ghost" size="icon-sm" aria-label={t('table.clear')} onClick={onClear}>
      <X aria-hidden className="size-3.5" />
    </Button>
  </div>
);
