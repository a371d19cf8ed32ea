import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What belongs here and what it is good for, in one or two sentences. */
  children: ReactNode;
  /** The one next thing to do. */
  action?: ReactNode;
  /** The whole page is empty, so this is its heading. */
  page?: boolean;
}
/** Nothing here yet: teaches what belongs here and how to begin. */
export const EmptyState = ({ icon: Icon, title, children, action, page }: EmptyStateProps) => {
  const Heading = page ? 'h1' : 'h3';
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <span className="grid size-10 place-items-center rounded-lg border border-line bg-surface text-ink-3 shadow-control">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <div className="max-w-sm">
        <Heading className="text-base font-semibold">{title}</Heading>
        <p className="mt-1 text-pretty text-ink-2">{children}</p>
      </div>
      {action}
    </div>
  );
};
