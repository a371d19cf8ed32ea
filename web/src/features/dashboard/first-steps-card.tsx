import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { ChevronRight, Cloud, Globe, Server, ShieldCheck, Users, type LucideIcon } from 'lucide-react';
import { mfaQuery } from '#features/account/api.ts';
import { t } from '#lib/i18n.ts';
import { permits, useMe } from '#lib/session.ts';
import { Card } from '#ui/card.tsx';
import { firstSteps, type FirstStep } from './first-steps.ts';
import { statesQuery } from './states-query.ts';

const PLACES: Record<FirstStep, { page: string; icon: LucideIcon }> = {
  cloud: { page: '/settings/cloud-providers', icon: Cloud },
  server: { page: '/infrastructure/servers/new', icon: Server },
  zone: { page: '/infrastructure/dns', icon: Globe },
  team: { page: '/settings/team', icon: Users },
  factor: { page: '/settings/security/mfa', icon: ShieldCheck },
};

function useCount(path: string, permission: string): number | undefined {
  const enabled = permits(useMe().permissions, permission);
  return useQuery({ ...statesQuery(path), enabled }).data?.items.length;
}

/** Where to begin, while the organisation is empty. */
export function FirstStepsCard() {
  const { permissions } = useMe();
  const routes = useRouter().routesByPath;
  const clouds = useCount('/cloud-providers', 'clouds:read');
  const servers = useCount('/servers', 'servers:read');
  const zones = useCount('/dns/zones', 'dns:read');
  const factors = useQuery({ ...mfaQuery, enabled: servers === 0 && zones === 0 }).data?.factors;
  const steps = firstSteps({ clouds, servers, zones, permissions, factor: (factors ?? []).length > 0 }).filter((step) => PLACES[step].page in routes);
  if (steps.length === 0) return null;
  return (
    <Card flush title={t('dashboard.first')}>
      <ul className="divide-y divide-line">
        {steps.map((step) => {
          const { page, icon: Icon } = PLACES[step];
          return (
            <li key={step}>
              <Link to={page} className="group flex items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-hover">
                <Icon aria-hidden className="size-4.5 shrink-0 text-accent" strokeWidth={1.75} />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{t(`dashboard.first.${step}`)}</span>
                  <span className="block text-xs text-pretty text-ink-2">{t(`dashboard.first.${step}.text`)}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 rtl:rotate-180" />
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
