import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Printer } from 'lucide-react';
import { createPortal } from 'react-dom';
import { t } from '#lib/i18n.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Foot, Name, useFace } from '#features/exchange-face/face.tsx';
import { portSessionsQuery } from '#features/exchange-glass/api.ts';
import { PortGlass } from '#features/exchange-glass/port-sessions.tsx';
import { ticksOf } from '#features/exchange-glass/ticks.ts';
import { instructionsQuery, portQuery, type Instructions, type Port } from './api.ts';
import { Entry } from './entry.tsx';
import { PortMaintenance } from './maintenance.tsx';
import { sheetOf } from './sheet.ts';
import { doneOf, PLATFORMS, Steps, type Platform } from './steps.tsx';

const nameOf = ({ asn, fabric }: Port): string => t('exchangePorts.name', { asn, fabric });

interface SideProps {
  port: Port;
  told: Instructions;
  platform: Platform;
  onPlatform: (next: Platform) => void;
}
/** How to set up one's side, on the page and on paper. */
function OwnSide({ port, told, platform, onPlatform }: SideProps) {
  const seen = useQuery({ ...portSessionsQuery(port.id), enabled: port.status === 'active' });
  const ticks = ticksOf(seen.data, told.routeServers);
  const done = doneOf({ told, ticks });
  return (
    <Card
      title={t('exchangePorts.instructions')}
      aside={
        <>
          <span role="status">{t('exchangePorts.step.count', { done: done.filter(Boolean).length, all: done.length })}</span>
          <Button size="sm" variant="ghost" icon={<Printer aria-hidden className="size-3.5" />} onClick={() => window.print()}>
            {t('exchangePorts.print')}
          </Button>
        </>
      }
    >
      {told.status === 'suspended' && <p className="mb-4 text-warn [overflow-wrap:anywhere]">{t('exchangePorts.stopped', { reason: told.reason ?? '' })}</p>}
      <Steps port={port.id} told={told} ticks={ticks} platform={platform} onPlatform={onPlatform} />
      {createPortal(
        <pre data-print className="hidden">
          {sheetOf(nameOf(port), told)}
        </pre>,
        document.body,
      )}
    </Card>
  );
} // prettier-ignore

/** One's own port: where it stands, and how to set up one's side of it. */
export function PortPage({ id, search }: { id: string; search: RawSearch }) {
  const navigate = useNavigate();
  const platform = oneOf(PLATFORMS, search['platform']) ?? 'bird';
  const face = useFace(useMe().tenant.slug);
  const port = useQuery(portQuery(id));
  const told = useQuery(instructionsQuery(id, platform));
  const show = (next: Platform) => void navigate({ to: '/infrastructure/exchange-ports/$id', params: { id }, search: next === 'bird' ? {} : { platform: next }, replace: true });
  // While the configuration for another router comes, the one that is there is not shown under its name.
  const shown = told.data && told.isPlaceholderData && told.data.config !== null ? { ...told.data, config: '' } : told.data;
  // What is there stays while a look in between comes to nothing.
  const error = [port, told].find(({ data }) => data === undefined)?.error;
  const retry = (): void => void Promise.all([port.refetch(), told.refetch()]);
  return (
    <PageFrame
      title={port.data ? nameOf(port.data) : t('exchangePorts.port')}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/infrastructure/exchange-ports" className="rounded-sm hover:text-ink hover:underline">
            {t('nav.exchangePorts')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
      width="reading"
    >
      {error ? (
        <ProblemView error={error} retry={retry} />
      ) : !port.data || !shown ? (
        <SkeletonText lines={8} />
      ) : (
        <div className="flex flex-col gap-6">
          {face && <Name face={face} />}
          <Card flush title={t('exchangePorts.standing')}>
            <ul>
              <Entry port={port.data} whose="mine" />
            </ul>
          </Card>
          <PortMaintenance port={id} />
          <OwnSide port={port.data} told={shown} platform={platform} onPlatform={show} />
          {port.data.status === 'active' && <PortGlass port={id} />}
          <Foot face={face} />
        </div>
      )}
    </PageFrame>
  );
} // prettier-ignore
