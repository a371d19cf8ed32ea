import { useQuery } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { SOON_DAYS } from './api.ts';
import type { Secret } from './types.ts';

const MOST = 100;

/** That some secrets end soon or have ended, before something stops working because of it. */
export function ExpiringBanner({ onShow }: { onShow: () => void }) {
  const { data } = useQuery({
    queryKey: ['/secrets', 'expiring'],
    queryFn: ({ signal }) => request<Page<Secret>>('GET', '/secrets', { query: { expiring: SOON_DAYS, limit: MOST }, signal }),
  });
  const count = data?.items.length ?? 0;
  if (count === 0) return null;
  const over = data!.items.filter(({ state }) => state === 'expired').length;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-warn/40 bg-warn-wash px-4 py-2.5">
      <Clock aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-medium">{data!.nextCursor ? t('secrets.soon.many', { count: MOST }) : t('secrets.soon', { count })}</span>
        {over > 0 && <span className="ms-1.5 text-bad">{t('secrets.soon.over', { count: over })}</span>}
      </p>
      <Button size="sm" onClick={onShow}>
        {t('secrets.soon.show')}
      </Button>
    </div>
  );
}
