import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { useMemo, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { useCan, useMe } from '#lib/session.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { toast } from '#ui/toast.tsx';
import { AgentCompact, agentColumns } from './agent-columns.tsx';
import { endpointQuery, type Agent } from './api.ts';
import { ClientsTab } from './clients-tab.tsx';

function Connected() {
  const client = useQueryClient();
  const mayAll = useCan('agents:read');
  const [everybody, setEverybody] = useState(false);
  const [ending, setEnding] = useState<Agent | null>(null);
  const source = usePages<Agent>('/agents', everybody ? { all: true } : {});
  const options = useMemo(() => ({ everybody, onEnd: setEnding }), [everybody]);
  const end = async (agent: Agent) => {
    await request('DELETE', `/agents/${agent.id}`);
    toast.done(t('agents.ended', { name: agent.name }));
    await client.invalidateQueries({ queryKey: ['/agents'] });
  };
  return (
    <>
      <DataTable
        name="agents"
        label={t('agents.title')}
        className="flex-1"
        columns={useMemo(() => agentColumns(options), [options])}
        source={source}
        rowId={(agent) => agent.id}
        compact={(agent) => <AgentCompact agent={agent} {...options} />}
        toolbar={mayAll && <FilterToggle label={t('agents.everybody')} on={everybody} onChange={setEverybody} />}
        empty={
          <EmptyState icon={Bot} title={t('agents.empty.title')}>
            {t('agents.empty.text')}
          </EmptyState>
        }
      />
      {ending && (
        <Confirm
          open
          danger
          onOpenChange={(open) => !open && setEnding(null)}
          title={t('agents.end.of', { name: ending.name })}
          action={t('agents.end')}
          onConfirm={() => end(ending)}
        >
          {t('agents.end.text')}
        </Confirm>
      )}
    </>
  );
}

/** Programs that act for people: what they may do, when they were last here, and the end of it. */
export function AgentsPage({ tab, onTab }: { tab: 'agents' | 'programs'; onTab: (tab: 'agents' | 'programs') => void }) {
  const { tenant } = useMe();
  const mayList = useCan('agentClients:read');
  const { data: endpoint } = useQuery(endpointQuery(tenant?.slug ?? ''));
  return (
    <PageFrame title={t('agents.title')} facts={t('agents.lead')} width="fill">
      <div className="mb-4 flex max-w-2xl flex-col gap-1.5">
        <span className="text-xs text-ink-2">{t('agents.endpoint')}</span>
        <CodeBlock code={endpoint ?? '…'} label={t('agents.endpoint')} />
      </div>
      {mayList ? (
        <Tabs
          fill
          label={t('agents.title')}
          value={tab}
          onChange={(next) => onTab(next)}
          tabs={[
            { value: 'agents', label: t('agents.tab'), content: <Connected /> },
            { value: 'programs', label: t('programs.tab'), content: <ClientsTab /> },
          ]}
        />
      ) : (
        <Connected />
      )}
    </PageFrame>
  );
}
