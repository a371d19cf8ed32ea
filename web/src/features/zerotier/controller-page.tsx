import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { controllerQuery } from './act.ts';
import { BackupsCard } from './backups-card.tsx';
import { ControllerCard } from './controller-card.tsx';

const Back = () => (
  <span className="flex items-center gap-1">
    <Link to="/infrastructure/controllers" className="rounded-sm hover:text-ink hover:underline">
      {t('nav.zerotier')}
    </Link>
    <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
  </span>
);

/** One controller: whether it may be written to and why not, its networks, and its backups. */
export function ControllerPage({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(controllerQuery(id));
  if (!data && error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={data?.name ?? t('zerotier.state')} eyebrow={<Back />} facts={data && <span className="font-mono text-xs">{data.baseUrl}</span>}>
      {data ? (
        <>
          <ControllerCard controller={data} title={t('zerotier.state')} />
          {data.kind === 'self_hosted_controller' && <BackupsCard controller={data} />}
        </>
      ) : (
        <SkeletonText lines={8} />
      )}
    </PageFrame>
  );
}
