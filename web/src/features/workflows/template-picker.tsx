import { useQuery } from '@tanstack/react-query';
import { ListFilter, Star } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { request } from '#lib/api.ts';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Triggers } from './trigger-words.tsx';
import type { TemplateSummary } from './types.ts';

const categoryText = (category: string): string => {
  const key = `workflows.category.${category}`;
  return hasText(key) ? t(key) : words(category);
};

const Tile = ({ template, onPick }: { template: TemplateSummary; onPick: (id: string) => void }) => (
  <li className="relative flex min-w-0 flex-col gap-1.5 rounded-lg border border-line bg-surface p-3.5 hover:bg-hover">
    <span className="flex items-center gap-2">
      <NodeIcon name={template.icon ?? 'workflow'} className="size-4 shrink-0 text-ink-2" />
      <h3 className="min-w-0 flex-1 text-sm font-semibold">
        <button type="button" className="text-start after:absolute after:inset-0 after:rounded-lg" onClick={() => onPick(template.id)}>
          {template.name}
        </button>
      </h3>
      {template.featured && <Star aria-hidden className="size-3.5 fill-warn-fill text-warn" />}
    </span>
    <p className="line-clamp-3 min-h-15 text-ink-2">{template.description}</p>
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
      <Badge tone="outline">{categoryText(template.category)}</Badge>
      <span>{t('workflows.template.nodes', { count: template.nodes })}</span>
      <span>{template.useCount > 0 ? t('workflows.template.used', { count: template.useCount }) : !template.shipped && t('workflows.template.own')}</span>
    </p>
    <Triggers triggers={template.triggers.map((kind) => ({ kind }))} />
  </li>
); // prettier-ignore

/** Templates that ship with the product and those of the tenant, by category and text. */
export function TemplatePicker({ onPick }: { onPick: (id: string) => void }) {
  const [text, setText] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const templates = useQuery({
    queryKey: ['/workflow-templates', { limit: 100 }],
    queryFn: ({ signal }) => request<{ items: TemplateSummary[] }>('GET', '/workflow-templates', { query: { limit: 100 }, signal }),
  });
  return (
    <Loaded query={templates} lines={8}>
      {({ items }) => {
        const categories = [...new Set(items.map((one) => one.category))].sort();
        const wanted = text.toLowerCase();
        const shown = items
          .filter((one) => category === null || one.category === category)
          .filter(({ name, description, tags }) => `${name} ${description} ${tags.join(' ')}`.toLowerCase().includes(wanted))
          .toSorted((a, b) => Number(b.featured) - Number(a.featured) || b.useCount - a.useCount || a.name.localeCompare(b.name));
        return (
          <div className="flex min-w-0 flex-col gap-3">
            <div role="group" aria-label={t('workflows.template.categories')} className="flex flex-wrap items-center gap-2">
              <SearchInput label={t('workflows.template.search')} value={text} onChange={setText} />
              {categories.map((one) => (
                <FilterToggle key={one} label={categoryText(one)} on={category === one} onChange={(on) => setCategory(on ? one : null)} />
              ))}
            </div>
            {shown.length === 0 ? (
              <EmptyState icon={ListFilter} title={t('workflows.template.none')}>
                {t('workflows.template.none.text')}
              </EmptyState>
            ) : (
              <ul aria-label={t('workflows.templates')} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-3">
                {shown.map((template) => (
                  <Tile key={template.id} template={template} onPick={onPick} />
                ))}
              </ul>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}
