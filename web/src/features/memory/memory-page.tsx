import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, History, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { TargetAudit, TargetChanges } from '#features/clouds/server-changes.tsx';
import { Waiting } from '#features/review/at-work.tsx';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs, type Tab } from '#ui/tabs.tsx';
import { memoryQuery } from './api.ts';
import { ContentCard } from './content-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { LinksCard } from './links-card.tsx';
import { DeleteMemory, EditMemory, NewVersion } from './memory-dialogs.tsx';
import { memorySearch, type MemorySearch } from './search.ts';
import type { MemoryDetail } from './types.ts';
import { VersionsTab } from './versions-tab.tsx';
import { nameOf, Sensitivity, Space } from './words.tsx';

type Act = 'edit' | 'version' | 'delete';

function Acts({ onAct }: { onAct: (act: Act) => void }) {
  const blocked = useBlocked('memory:write');
  return (
    <>
      <Button variant="danger-quiet" blocked={blocked} icon={<Trash2 aria-hidden className="size-3.5" />} onClick={() => onAct('delete')}>
        {t('memory.delete')}
      </Button>
      <Button blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => onAct('edit')}>
        {t('memory.edit')}
      </Button>
      <Button variant="primary" blocked={blocked} icon={<History aria-hidden className="size-3.5" />} onClick={() => onAct('version')}>
        {t('memory.version.new')}
      </Button>
    </>
  );
}

function useTabs(memory: MemoryDetail): Tab<NonNullable<MemorySearch['tab']>>[] {
  const [mayChanges, mayAudit] = [useCan('changes:read'), useCan('audit:read')];
  const changes = {
    value: 'changes' as const,
    label: t('server.tab.changes'),
    content: <TargetChanges targetId={memory.id} name="memory-changes" />,
  };
  const audit = { value: 'audit' as const, label: t('change.tab.audit'), content: <TargetAudit targetId={memory.id} name="memory-audit" /> };
  const content = (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <ContentCard memory={memory} />
        <LinksCard memory={memory} />
      </div>
      <FactsCard memory={memory} />
    </div>
  );
  return [
    { value: 'content', label: t('memory.tab.content'), content },
    { value: 'versions', label: t('memory.tab.versions'), content: <VersionsTab memory={memory} /> },
    ...(mayChanges ? [changes] : []),
    ...(mayAudit ? [audit] : []),
  ];
}

function MemoryView({ memory, search }: { memory: MemoryDetail; search: MemorySearch }) {
  const navigate = useNavigate();
  const [act, setAct] = useState<Act | null>(null);
  const tabs = useTabs(memory);
  const close = () => setAct(null);
  return (
    <PageFrame
      title={nameOf(memory)}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/memory" className="rounded-sm hover:text-ink hover:underline">
            {t('nav.memory')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
      facts={
        <>
          <Sensitivity value={memory.sensitivity} />
          <span>{t('memory.version.number', { number: memory.version })}</span>
          <Space space={memory.space} />
        </>
      }
      actions={<Acts onAct={setAct} />}
    >
      <Waiting targetId={memory.id} />
      <Tabs
        label={t('memory.tabs')}
        value={tabs.some(({ value }) => value === search.tab) ? search.tab! : 'content'}
        tabs={tabs}
        onChange={(tab) => void navigate({ to: '/memory/$id', params: { id: memory.id }, search: tab === 'content' ? {} : { tab }, replace: true })}
      />
      {act === 'edit' && <EditMemory memory={memory} onClose={close} />}
      {act === 'version' && <NewVersion memory={memory} onClose={close} />}
      {act === 'delete' && <DeleteMemory memory={memory} onClose={close} onGone={() => void navigate({ to: '/memory' })} />}
    </PageFrame>
  );
}

/** One memory: what it says, where it comes from, what it leads to, and what it said before. */
export function MemoryPage({ id, search }: { id: string; search: MemorySearch }) {
  const { data, error, refetch } = useQuery(memoryQuery(id));
  if (data) return <MemoryView memory={data} search={memorySearch({ ...search })} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('nav.memory')}>
      <SkeletonText lines={8} />
    </PageFrame>
  );
}
