import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { duration, number } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import type { Usage } from './types.ts';

const nameOf = ({ name, windowSeconds }: Usage): string => {
  const key = `limits.quota.${name}`;
  return hasText(key) ? t(key) : `${name} (${duration(windowSeconds)})`;
};

function Quota({ usage }: { usage: Usage }) {
  const used = usage.limit - usage.remaining;
  const share = (100 * used) / Math.max(1, usage.limit);
  return (
    <li className="flex flex-col gap-1">
      <span className="flex flex-wrap justify-between gap-x-3">
        <span>{nameOf(usage)}</span>
        <span className="text-ink-2 tabular-nums">{t('limits.used', { used: number(used), limit: number(usage.limit) })}</span>
      </span>
      <Progress label={nameOf(usage)} value={share} tone={share >= 90 ? 'bad' : share >= 70 ? 'warn' : 'good'} />
    </li>
  );
}

/** How much of one's own quotas is used. */
export function OwnUsage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['/limits', 'me'],
    queryFn: ({ signal }) => request<{ items: Usage[] }>('GET', '/limits/me', { signal }).then(({ items }) => items),
  });
  return (
    <Card title={t('limits.mine')}>
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={3} />
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {data.map((usage) => (
            <Quota key={usage.name} usage={usage} />
          ))}
        </ul>
      )}
    </Card>
  );
}
