import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useSettled } from '#features/review/settled.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Page } from '#lib/types.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { slugOf } from './outcomes.ts';
import type { WorkflowSummary } from './types.ts';

/** Whether another workflow has this name already. */
function useTaken(name: string): 'free' | 'taken' | null {
  const wanted = useSettled(name.trim(), 300);
  const { data } = useQuery({
    queryKey: ['/workflows', 'named', wanted],
    queryFn: ({ signal }) => request<Page<WorkflowSummary>>('GET', '/workflows', { query: { q: wanted, limit: 100 }, signal }),
    enabled: wanted !== '',
    staleTime: 5_000,
  });
  if (!data || wanted !== name.trim()) return null;
  const same = data.items.some((one) => one.name.toLowerCase() === wanted.toLowerCase() || one.slug === slugOf(wanted));
  return same ? 'taken' : 'free';
}

/** A name, judged while it is typed: two may have the same, but then only their addresses tell them apart. */
export function NameField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (value: string) => void }) {
  const taken = useTaken(value);
  const help =
    value.trim() === '' || taken === null ? (
      t('workflows.name.help')
    ) : taken === 'free' ? (
      <span className="inline-flex items-center gap-1 text-good">
        <Check aria-hidden className="size-3" />
        {t('workflows.name.free', { slug: slugOf(value) })}
      </span>
    ) : (
      <span className="text-warn">{t('workflows.name.taken')}</span>
    );
  return (
    <Field label={t('workflows.name')} required error={error} help={<span role="status">{help}</span>}>
      {(control) => <Input {...control} autoComplete="off" maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
