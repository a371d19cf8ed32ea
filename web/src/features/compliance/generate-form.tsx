import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { toast } from '#ui/toast.tsx';
import { kindsQuery } from './api.ts';
import { FORMATS, type Report } from './types.ts';

const GROUPS = ['none', 'user', 'target', 'operation', 'day'] as const;
const DAY = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

interface Draft {
  kind: string;
  format: (typeof FORMATS)[number];
  /** Days in UTC; the last one is included. */
  first: string;
  last: string;
  groupBy: (typeof GROUPS)[number];
}
const bodyOf = ({ format, first, last, groupBy }: Draft, grouped: boolean) => ({
  format,
  from: `${first}T00:00:00Z`,
  to: new Date(Date.parse(last) + DAY).toISOString(),
  ...(grouped && groupBy !== 'none' ? { filters: { groupBy } } : {}),
});

/** Asks for a report; a small one is there at once, a larger one is written meanwhile. */
export function GenerateForm() {
  const client = useQueryClient();
  const mayGenerate = useCan('reports:generate');
  const { data: kinds = [] } = useQuery(kindsQuery);
  const [draft, setDraft] = useState<Draft>(() => ({ kind: 'production-changes', format: 'csv', first: dayOf(Date.now() - 30 * DAY), last: dayOf(Date.now()), groupBy: 'none' })); // prettier-ignore
  const kind = kinds.find(({ key }) => key === draft.kind);
  const grouped = kind?.filters.includes('groupBy') ?? false;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => request<Report>('POST', `/reports/${draft.kind}`, { body: bodyOf(draft, grouped) }),
    onSuccess: ({ state }) => {
      toast.done(t(state === 'done' ? 'compliance.report.made' : 'compliance.report.begun'));
      return client.invalidateQueries({ queryKey: ['/reports'] });
    },
  });
  const set = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));
  return (
    <Card title={t('compliance.report.new')}>
      <form
        className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-5"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Field label={t('compliance.report.kind')}>
          {(control) => (
            <Select
              {...control}
              value={draft.kind}
              onChange={(value) => set({ kind: value })}
              choices={kinds.map(({ key, title, available }) => ({ value: key, label: title, disabled: !available }))}
            />
          )}
        </Field>
        <Field label={t('compliance.report.first')}>
          {(control) => (
            <Input {...control} type="date" required max={draft.last} value={draft.first} onChange={({ target }) => set({ first: target.value })} />
          )}
        </Field>
        <Field label={t('compliance.report.last')}>
          {(control) => (
            <Input {...control} type="date" required min={draft.first} value={draft.last} onChange={({ target }) => set({ last: target.value })} />
          )}
        </Field>
        <Field label={t('compliance.report.format')}>
          {(control) => (
            <Select
              {...control}
              value={draft.format}
              onChange={(format) => set({ format })}
              choices={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          )}
        </Field>
        {grouped && (
          <Field label={t('compliance.report.group')}>
            {(control) => (
              <Select
                {...control}
                value={draft.groupBy}
                onChange={(groupBy) => set({ groupBy })}
                choices={GROUPS.map((value) => ({ value, label: t(`compliance.group.${value}`) }))}
              />
            )}
          </Field>
        )}
        <Button
          type="submit"
          variant="primary"
          busy={isPending}
          icon={<FileText aria-hidden className="size-3.5" />}
          {...(mayGenerate ? {} : { blocked: t('server.blocked.permission', { permission: 'reports:generate' }) })}
        >
          {t('compliance.report.make')}
        </Button>
      </form>
      {kind && <p className="mt-3 text-xs text-ink-2">{kind.about}</p>}
      {error && <ProblemView error={error} retry={() => mutate()} />}
    </Card>
  );
}
