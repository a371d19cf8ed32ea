import { CircleCheck, CircleMinus } from 'lucide-react';
import { compactNumber, dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import type { Model } from './types.ts';

const Name = ({ model: { id, label, own, overridden } }: { model: Model }) => (
  <span className="min-w-0">
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="font-medium">{label}</span>
      {own && <Badge tone="accent">{t('ai.model.own')}</Badge>}
      {overridden && <Badge tone="outline">{t('ai.model.overridden')}</Badge>}
    </span>
    <code className="text-xs text-ink-3 [overflow-wrap:anywhere]">{id}</code>
  </span>
);

/** Whether it can be used now, and why not. */
const Usable = ({ model: { unavailable } }: { model: Model }) =>
  unavailable === null ? (
    <Badge tone="good" icon={<CircleCheck aria-hidden />}>
      {t('ai.model.usable')}
    </Badge>
  ) : (
    <span className="flex items-start gap-1.5 text-xs text-ink-2">
      <CircleMinus aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
      {unavailable}
    </span>
  );

const price = (amount: number | undefined) => (amount === undefined ? <span className="text-ink-3">–</span> : dollars(amount));

export const modelColumns = (): Column<Model>[] => [
  { id: 'name', header: t('ai.model'), fixed: true, cell: (model) => <Name model={model} />, csv: ({ id }) => id },
  { id: 'kind', header: t('ai.model.kind'), width: '7rem', hideBelow: 'md', cell: ({ kind }) => t(`ai.model.kind.${kind}`), csv: ({ kind }) => kind },
  { id: 'context', header: t('ai.model.context'), width: '7rem', align: 'end', hideBelow: 'lg', cell: ({ context }) => (context === null ? '–' : <span title={number(context)}>{compactNumber(context)}</span>), csv: ({ context }) => context },
  { id: 'input', header: t('ai.model.input'), width: '7.5rem', align: 'end', cell: (model) => price(model.price?.input), csv: (model) => model.price?.input },
  { id: 'output', header: t('ai.model.output'), width: '7.5rem', align: 'end', cell: (model) => price(model.price?.output), csv: (model) => model.price?.output },
  { id: 'usable', header: t('ai.model.state'), width: '17rem', cell: (model) => <Usable model={model} />, csv: ({ unavailable }) => unavailable ?? '' },
]; // prettier-ignore

/** One model on a narrow screen. */
export const ModelCompact = ({ model }: { model: Model }) => (
  <span className="flex flex-col gap-1.5 py-1">
    <Name model={model} />
    <span className="self-start">
      <Usable model={model} />
    </span>
    {model.price && <span className="text-xs text-ink-3">{t('ai.model.prices', { input: dollars(model.price.input), output: dollars(model.price.output) })}</span>}
  </span>
); // prettier-ignore
