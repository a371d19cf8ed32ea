import { Link } from '@tanstack/react-router';
import { Info, LayoutTemplate, ListChecks, WandSparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { useModels } from './api.ts';
import type { Origin } from './types.ts';

const Notice = ({ children }: { children: ReactNode }) => (
  <div className="flex items-start gap-2 rounded-md border border-line bg-quiet-wash px-3 py-2 text-ink-2">
    <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
    <div className="min-w-0 flex-1">{children}</div>
  </div>
);
const SetUp = () => (
  <Link to="/settings/ai" search={{}} className="text-accent underline underline-offset-2">
    {t('assist.model.setUp')}
  </Link>
);

/** Before anything is asked: that there is no model, and what is done instead. */
export function NoModel({ instead }: { instead: string }) {
  const models = useModels();
  if (models === undefined || models.ready) return null;
  return (
    <Notice>
      <span className="font-medium text-ink">{t('assist.model.none')}</span> {instead} <SetUp />
    </Notice>
  );
}

const ICONS = { model: WandSparkles, templates: LayoutTemplate, rules: ListChecks };

/** Where an answer comes from, what it took, and what to know of it. */
export function OriginNote({ origin: { source, model, usage, notice } }: { origin: Origin }) {
  const Icon = ICONS[source];
  const took = usage && [
    t('assist.tokens', { count: usage.inputTokens + usage.outputTokens, tokens: number(usage.inputTokens + usage.outputTokens) }),
    ...(usage.cost > 0 ? [dollars(usage.cost)] : []),
  ];
  return (
    <div className="flex flex-col gap-2" data-source={source}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
        <Badge tone={source === 'model' ? 'accent' : 'outline'} icon={<Icon aria-hidden />}>
          {t(`assist.source.${source}`)}
        </Badge>
        {model && <code>{model}</code>}
        {took && <span className="tabular-nums">{took.join(' · ')}</span>}
      </p>
      {notice && (
        <Notice>
          {notice} {source !== 'model' && <SetUp />}
        </Notice>
      )}
    </div>
  );
}
