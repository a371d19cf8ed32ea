import { TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Time } from '#ui/time.tsx';

/** When a route server said it, and whether it has fallen silent since. */
export const Age = ({ readAt, stale }: { readAt: string; stale: boolean }) => (
  <span className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
    <span>
      {t('glass.asked')} <Time at={readAt} />
    </span>
    {stale && (
      <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
        {t('glass.stale')}
      </Badge>
    )}
  </span>
);
