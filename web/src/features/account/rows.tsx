import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul aria-label={label} className="divide-y divide-line">
    {children}
  </ul>
);

export interface RowProps {
  icon: LucideIcon;
  title: ReactNode;
  facts?: ReactNode;
  actions?: ReactNode;
}
/** One thing of a short list inside a card: what it is, its facts, what can be done with it. */
export const Row = ({ icon: Icon, title, facts, actions }: RowProps) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
    <Icon aria-hidden className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />
    <div className="min-w-0 flex-[1_1_14rem]">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">{title}</div>
      {facts && <div className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-2">{facts}</div>}
    </div>
    {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
  </li>
);

export const NoRows = ({ children }: { children: ReactNode }) => <p className="px-4 py-4 text-pretty text-ink-2">{children}</p>;
