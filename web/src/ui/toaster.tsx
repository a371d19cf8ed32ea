import { Toaster as Sonner } from 'sonner';
import { isRightToLeft, t } from '#lib/i18n.ts';

/** Where toasts appear; once, in the root. */
export const Toaster = () => (
  <Sonner
    position={isRightToLeft() ? 'bottom-left' : 'bottom-right'}
    containerAriaLabel={t('toast.region')}
    gap={8}
    className="font-sans!"
    toastOptions={{
      unstyled: true,
      classNames: {
        toast: 'flex w-(--width) items-start gap-2.5 rounded-lg bg-raised px-3.5 py-3 text-sm text-ink shadow-float',
        title: 'font-medium',
        description: 'mt-0.5 text-xs text-ink-2',
        icon: 'mt-0.5',
        success: '[&_[data-icon]]:text-good',
        error: '[&_[data-icon]]:text-bad',
        actionButton: 'ms-auto shrink-0 self-center rounded-sm px-2 py-1 text-xs font-medium text-accent hover:bg-hover',
      },
    }}
  />
);
