import { toProblem } from '#lib/problem.ts';

export interface ToastAction {
  label: string;
  onClick: () => void;
}
// The library arrives with the first toast or shortly after the first page, whichever is sooner.
const sonner = () => import('sonner').then(({ toast }) => toast);

/** Word that something happened elsewhere on the page or is under way. What must not be missed belongs in the page itself. */
export const toast = {
  done: (title: string, options: { description?: string; action?: ToastAction } = {}) => void sonner().then((show) => show.success(title, options)),
  warned: (title: string, description: string) => void sonner().then((show) => show.warning(title, { description, duration: 10_000 })),
  failed(error: unknown) {
    const { body } = toProblem(error);
    void sonner().then((show) => show.error(body.title, { description: body.detail, duration: 10_000 }));
  },
};
