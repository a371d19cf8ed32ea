import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence below the title; read out when the dialog opens. */
  description?: ReactNode;
  width?: 'sm' | 'md' | 'lg' | 'xl';
  /** Buttons, at the end of the line; the last one is the main act. */
  footer?: ReactNode;
  children?: ReactNode;
}
const widths = { sm: 'sm:max-w-md', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' };

/** A question or a short task over the page. On a phone it rises from the bottom edge. */
export const Dialog = ({ open, onOpenChange, title, description, width = 'md', footer, children }: DialogProps) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Radix.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cx(
          'fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col rounded-t-xl bg-raised shadow-float outline-none motion-safe:animate-in',
          'sm:inset-x-auto sm:start-1/2 sm:top-[10dvh] sm:bottom-auto sm:max-h-[80dvh] sm:w-[calc(100vw-3rem)] sm:-translate-x-1/2 sm:rounded-xl rtl:sm:translate-x-1/2',
          widths[width],
        )}
      >
        <header className="flex items-start gap-4 px-5 pt-4 pb-3">
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
        {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
        {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
