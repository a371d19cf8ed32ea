import type { ReactNode } from 'react';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t } from '#lib/i18n.ts';

export interface ListProps<T> {
  items: readonly T[] | undefined;
  error: unknown;
  retry: () => void;
  /** Rows to keep room for while loading. */
  expected: number;
  empty: ReactNode;
  children: (item: T) => ReactNode;
}
/** Rows inside a card of the dashboard, with their loading, empty and failed faces. */
export function List<T extends { id: string }>({ items, error, retry, expected, empty, children }: ListProps<T>) {
  if (items && items.length > 0) {
    return (
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.id}>{children(item)}</li>
        ))}
      </ul>
    );
  }
  if (items) return <div className="px-4 py-6 text-center text-ink-2">{empty}</div>;
  if (error) return <div className="p-3"><ProblemView error={error} retry={retry} /></div>; // prettier-ignore
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">{t('state.loading')}</span>
      {Array.from({ length: expected }, (_, i) => (
        <div key={i} className="flex h-11 items-center gap-3 px-4">
          <Skeleton className="h-3.5 w-16" />
          <Skeleton className="h-3.5 flex-1" />
          <Skeleton className="h-3.5 w-20" />
        </div>
      ))}
    </div>
  );
}
