import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { modelsQuery, providersQuery } from './api.ts';
import { BudgetsTab } from './budgets-tab.tsx';
import { ModelsTab } from './models-tab.tsx';
import { AddProviderButton, ProvidersTab } from './providers-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { AI_TABS, aiSearch, type AiSearch } from './search.ts';
import { UsageTab } from './usage-tab.tsx';

/** Until there is a model for texts, what works without one and what is still to do. */
function NotReady({ atModels, onModels }: { atModels: boolean; onModels: () => void }) {
  const { data } = useQuery(modelsQuery);
  const { data: providers = [] } = useQuery(providersQuery);
  if (!data || data.ready) return null;
  const some = data.items.some(({ kind, unavailable }) => kind === 'chat' && unavailable === null);
  // A server of one's own has no models before somebody says which.
  const someone = providers.some(({ enabled }) => enabled);
  // Models that are there and cannot be asked say why in the catalogue.
  const barred = data.items.some(({ kind, own }) => kind === 'chat' && own);
  const next = some ? 'ai.notReady.choose' : someone && !barred ? 'ai.notReady.model' : 'ai.notReady';
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent/35 bg-accent-wash px-4 py-2.5">
      <span className="flex min-w-0 flex-1 basis-60 items-start gap-2">
        <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
        <span className="min-w-0">
          <span className="font-medium">{t(next)}</span>
          <span className="block text-ink-2">{t('ai.notReady.text')}</span>
        </span>
      </span>
      {(some || someone) && !atModels && (
        <Button size="sm" variant="primary" onClick={onModels}>
          {t('ai.tab.models')}
        </Button>
      )}
    </div>
  );
}

/** Models of language: who is asked, what that costs and may cost, and what is forbidden. */
export function AiPage({ search }: { search: AiSearch }) {
  const navigate = useNavigate();
  const { tab = 'providers', days } = aiSearch({ ...search });
  const show = (next: Loose<AiSearch>) => void navigate({ to: '/settings/ai', search: compact<AiSearch>(next), replace: true });
  const content = {
    providers: <ProvidersTab />,
    models: <ModelsTab />,
    budgets: <BudgetsTab />,
    usage: <UsageTab days={days} onDays={(next) => show({ tab: 'usage', days: next })} />,
    rules: <RulesTab />,
  };
  return (
    <PageFrame title={t('ai.title')} facts={t('ai.lead')} actions={<AddProviderButton hotkey />}>
      <NotReady atModels={tab === 'models'} onModels={() => show({ tab: 'models' })} />
      <Tabs
        label={t('ai.title')}
        value={tab}
        onChange={(next) => show({ tab: next === 'providers' ? undefined : next })}
        tabs={AI_TABS.map((value) => ({ value, label: t(`ai.tab.${value}`), content: value === tab ? content[value] : null }))}
      />
    </PageFrame>
  );
}
