import { Link } from '@tanstack/react-router';
import { Plus, Waypoints } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { CONTROLLERS, useAct } from './act.ts';
import { ControllerCard } from './controller-card.tsx';
import { MembersCard } from './members-card.tsx';
import type { Controller } from './types.ts';

function AddController({ hotkey = false }: { hotkey?: boolean }) {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  return (
    <Button
      variant="primary"
      blocked={blocked}
      icon={<Plus aria-hidden className="size-3.5" />}
      {...(hotkey ? { 'data-hotkey': 'n' } : {})}
      onClick={() => act('controllers.create')}
    >
      {t('zerotier.add')}
    </Button>
  );
}

function Content() {
  const { rows, loading, error, retry } = usePages<Controller>(CONTROLLERS);
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={8} />;
  if (rows.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={Waypoints} title={t('zerotier.empty')} action={<AddController />}>
          {t('zerotier.empty.text')}
        </EmptyState>
      </div>
    );
  return (
    <>
      <ul className={`grid items-start gap-4 ${rows.length > 1 ? 'xl:grid-cols-2' : ''}`}>
        {rows.map((controller) => (
          <li key={controller.id} className="min-w-0">
            <ControllerCard
              controller={controller}
              title={
                <Link to="/infrastructure/controllers/$id" params={{ id: controller.name }} className="rounded-sm hover:text-accent hover:underline">
                  {controller.name}
                </Link>
              }
            />
          </li>
        ))}
      </ul>
      <MembersCard />
    </>
  );
}

/** ZeroTier under the peering LANs: controllers, their networks, and who is on them. */
export const ControllersPage = () => (
  <PageFrame title={t('nav.zerotier')} facts={<span>{t('zerotier.lead')}</span>} actions={<AddController hotkey />}>
    <div className="flex flex-col gap-4">
      <Content />
    </div>
  </PageFrame>
);
