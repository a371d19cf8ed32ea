import { Play } from 'lucide-react';
import { openPalette } from '#features/palette/open.ts';
import { Deferred } from '#lib/deferred.ts';
import { allTexts, t } from '#lib/i18n.ts';
import { useCan, useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ActivityCard } from './activity-card.tsx';
import { FirstStepsCard } from './first-steps-card.tsx';
import { HealthCard } from './health-card.tsx';
import { RecentCard } from './recent-card.tsx';
import { ResourcesCard } from './resources-card.tsx';
import { WaitingCard } from './waiting-card.tsx';

const loadGrace = async () => {
  const [{ GraceNotice }] = await Promise.all([import('#features/account/grace-notice.tsx'), allTexts()]);
  return GraceNotice;
};

/** What a person sees first: what waits for them, what they have under way, how things are. */
export function DashboardPage() {
  const { tenant } = useMe();
  const mayChanges = useCan('changes:read');
  const mayAudit = useCan('audit:read');
  return (
    <PageFrame
      title={t('nav.dashboard')}
      facts={tenant.name}
      actions={
        <Button variant="primary" icon={<Play aria-hidden className="size-3.5" />} onClick={openPalette}>
          {t('changes.empty.action')}
        </Button>
      }
    >
      <Deferred load={loadGrace} wanted={false} props={{}} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem] 2xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <FirstStepsCard />
          {mayChanges && <WaitingCard />}
          {mayChanges && <RecentCard />}
        </div>
        <div className="grid min-w-0 items-start gap-4 md:max-xl:grid-cols-2">
          <ResourcesCard />
          <HealthCard />
          {mayAudit && <ActivityCard />}
        </div>
      </div>
    </PageFrame>
  );
}
