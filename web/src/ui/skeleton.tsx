import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';

/** The place of something that loads, of the same size, so that nothing jumps. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cx('block animate-pulse rounded-sm bg-press', className)} />
);

/** Lines of text that load. */
export const SkeletonText = ({ lines = 3 }: { lines?: number }) => (
  <div role="status" className="flex flex-col gap-2">
    <span className="sr-only">{t('state.loading')}</span>
    {Array.from({ length: lines }, (_, i) => (
      <Skeleton key={i} className={cx('h-4', ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3'][i % 4])} />
    ))}
  </div>
);
