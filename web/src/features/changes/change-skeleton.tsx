import { t } from '#lib/i18n.ts';
import { Skeleton } from '#ui/skeleton.tsx';

/** The Change page while it loads, of the same shape. */
export const ChangeSkeleton = () => (
  <div role="status" className="mx-auto flex w-full max-w-[120rem] flex-col gap-5 px-4 py-5 sm:px-6">
    <span className="sr-only">{t('state.loading')}</span>
    <div className="flex flex-col gap-2">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-7 w-96 max-w-full" />
      <Skeleton className="h-5 w-64 max-w-full" />
    </div>
    <Skeleton className="h-20 w-full rounded-lg" />
    <Skeleton className="h-9 w-full" />
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Skeleton className="h-80 rounded-lg" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-48 rounded-lg" />
        <Skeleton className="h-40 rounded-lg" />
      </div>
    </div>
  </div>
);
