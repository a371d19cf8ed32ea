import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  side?: 'start' | 'end';
  width?: 'nav' | 'md' | 'lg';
  /** Hide the title from view but not from screen readers. */
  quiet?: boolean;
  footer?: ReactNode;
  /** Another value begins at the top again: the next step of a task. */
  step?: string;
  children: ReactNode;
}
const widths = { nav: 'w-64', md: 'w-full sm:w-[30rem]', lg: 'w-full sm:w-[44rem]' };

/** A longer task beside the page: a form with its preview, a record's details. */
export const Drawer = ({ open, onOpenChange, title, description, side = 'end', width = 'md', quiet, footer, step, children }: DrawerProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Radix.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cx(
          'fixed inset-y-0 z-40 flex max-w-full flex-col bg-surface shadow-float outline-none motion-safe:animate-in',
          side === 'end' ? 'end-0' : 'start-0',
          widths[width],
        )}
      >
        <header className={cx('flex items-start gap-4 border-b border-line px-5 py-3.5', quiet && 'sr-only')}>
          <div className="min-w-0 flex-1">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            {description && <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description>}
          </div>
          <Radix.Close
            aria-label={t('action.close')}
            className="-me-1.5 grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </Radix.Close>
        </header>
        <div key={step} className="min-h-0 flex-1 overflow-y-auto">
          {children}
        </div>
        {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
