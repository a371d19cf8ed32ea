import { toast as sonner, Toaster as Sonner } from 'sonner';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';

/** Where toasts appear; once, in the root. */
export const Toaster = () => (
  <Sonner
    position="bottom-right"
    containerAriaLabel={t('toast.region')}
    gap={8}
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

export interface ToastAction {
  label: string;
  onClick: () => void;
}
/** Word that something happened elsewhere on the page or is under way. What must not be missed belongs in the page itself. */
export const toast = {
  done: (title: string, options: { description?: string; action?: ToastAction } = {}) => void sonner.success(title, options),
  failed(error: unknown) {
    const { body } = toProblem(error);
    sonner.error(body.title, { description: body.detail, duration: 10_000 });
  },
};
