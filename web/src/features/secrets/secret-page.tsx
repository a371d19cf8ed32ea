import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Pencil, RefreshCw, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Waiting } from '#features/review/at-work.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { SecretAccessLogs } from './access-log.tsx';
import { SecretDialog, type SecretAct } from './acts.tsx';
import { secretQuery } from './api.ts';
import { Place, SecretState } from './look.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { SECRET_TABS, type SecretSearch } from './search.ts';
import type { SecretDetail } from './types.ts';
import { VersionsTab } from './versions-tab.tsx';

function Acts({ secret, onOpen }: { secret: SecretDetail; onOpen: (act: SecretAct) => void }) {
  const [writes, rotates] = [useBlocked('secrets:write'), useBlocked('secrets:rotate')];
  if (secret.deletedAt)
    return (
      <Button variant="primary" blocked={writes} icon={<Undo2 aria-hidden className="size-3.5" />} onClick={() => onOpen({ act: 'restore' })}>
        {t('secrets.restore')}
      </Button>
    );
  return (
    <>
      <Button variant="danger-quiet" blocked={writes} icon={<Trash2 aria-hidden className="size-3.5" />} onClick={() => onOpen({ act: 'delete' })}>
        {t('secrets.delete')}
      </Button>
      <Button blocked={writes} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => onOpen({ act: 'edit' })}>
        {t('secrets.edit')}
      </Button>
      <Button variant="primary" blocked={rotates} icon={<RefreshCw aria-hidden className="size-3.5" />} onClick={() => onOpen({ act: 'value' })}>
        {t('secrets.rotate')}
      </Button>
    </>
  );
}

function SecretView({ secret, search }: { secret: SecretDetail; search: SecretSearch }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<SecretAct | null>(null);
  const tab = search.tab ?? 'overview';
  const show = (next: SecretSearch) => void navigate({ to: '/settings/secrets/$id', params: { id: secret.id }, search: next, replace: true });
  const content = {
    overview: <OverviewTab secret={secret} />,
    versions: <VersionsTab secret={secret} onRollback={(version) => setOpen({ act: 'rollback', version })} />,
    access: (
      <SecretAccessLogs id={secret.id} result={search.result} onResult={(result) => show(result ? { tab: 'access', result } : { tab: 'access' })} />
    ),
  };
  return (
    <PageFrame
      title={<span className="font-mono [overflow-wrap:anywhere]">{secret.name}</span>}
      documentTitle={secret.name}
      eyebrow={
        <Link to="/settings/secrets" className="hover:text-ink hover:underline">
          {t('secrets.title')}
        </Link>
      }
      facts={
        <>
          <SecretState value={secret.state} />
          <Place of={secret} />
          {secret.description && <span className="basis-full">{secret.description}</span>}
        </>
      }
      actions={<Acts secret={secret} onOpen={setOpen} />}
    >
      <Waiting targetId={secret.id} />
      <Tabs
        label={t('secrets.tabs')}
        value={tab}
        onChange={(next) => show(next === 'overview' ? {} : { tab: next })}
        tabs={SECRET_TABS.map((value) => ({ value, label: t(`secrets.tab.${value}`), content: value === tab ? content[value] : null }))}
      />
      {open && <SecretDialog open={open} secret={secret} onClose={() => setOpen(null)} />}
    </PageFrame>
  );
}

/** One secret: what is known of it, its versions, who had it. */
export function SecretPage({ id, search }: { id: string; search: SecretSearch }) {
  const { data, error, refetch } = useQuery(secretQuery(id));
  if (data) return <SecretView secret={data} search={search} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('secrets.title')}>
      <SkeletonText lines={8} />
    </PageFrame>
  );
}
