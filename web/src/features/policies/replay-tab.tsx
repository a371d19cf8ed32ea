import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useState } from 'react';
import { changeQuery, isTerminal } from '#features/changes/api.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { Select } from '#ui/select.tsx';
import { ReplayView } from './replay-view.tsx';
import type { PolicySetDetail, ReplayResult } from './types.ts';

/** The job of one replay as it goes, and what came of it. */
function Work({ change }: { change: string }) {
  const { data, error } = useQuery({
    ...changeQuery(change),
    // The event stream tells sooner; this is for when it is down.
    refetchInterval: ({ state }) => (state.data && isTerminal(state.data.state) ? false : 2_000),
  });
  if (error) return <ProblemView error={error} />;
  if (data?.problem) return <ProblemView error={data.problem} />;
  if (data?.state === 'succeeded') return <ReplayView result={data.outcome as unknown as ReplayResult} />;
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="flex flex-wrap justify-between gap-2">
        {t('policies.replay.runs')}
        <Link to="/changes/$id" params={{ id: change }} className="font-mono text-xs text-accent hover:underline">
          {data?.number}
        </Link>
      </p>
      <Progress label={t('policies.replay.runs')} value={data?.job?.progress ?? 0} />
    </div>
  );
}

interface Draft {
  which: 'draft' | 'newest' | 'force';
  days: string;
  percent: string;
}
const bodyOf = (set: PolicySetDetail, text: string, { which, days, percent }: Draft) => ({
  ...(which === 'draft' ? { document: text } : which === 'newest' ? { setId: set.id, version: set.version } : {}),
  days: Number(days),
  percent: Number(percent),
});
const isWithin = (text: string, most: number): boolean => Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= most;

/** Recorded decisions, taken again under this text, the newest version, or what is in force. */
export function ReplayTab({ set, text, isDirty }: { set: PolicySetDetail; text: string; isDirty: boolean }) {
  const blocked = useBlocked('policies:test');
  const [draft, setDraft] = useState<Draft>({ which: isDirty ? 'draft' : 'newest', days: '7', percent: '100' });
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const starting = useMutation({
    mutationFn: () => run<ReplayResult>('POST', '/policies/replay', { body: bodyOf(set, text, draft) }),
  });
  const ready = isWithin(draft.days, 30) && isWithin(draft.percent, 100);
  const outcome = starting.data;
  return (
    <div className="flex flex-col gap-4">
      <Card title={t('policies.replay')}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !blocked) starting.mutate();
          }}
        >
          <p className="text-ink-2">{t('policies.replay.text')}</p>
          <div className="grid gap-4 sm:grid-cols-3">
            <Field label={t('policies.replay.which')}>
              {(control) => (
                <Select
                  {...control}
                  value={draft.which}
                  onChange={(which) => change({ which })}
                  choices={[
                    { value: 'draft' as const, label: t('policies.replay.draft') },
                    { value: 'newest' as const, label: t('policies.version.of', { number: set.version }) },
                    { value: 'force' as const, label: t('policies.replay.force') },
                  ]}
                />
              )}
            </Field>
            <Field label={t('policies.replay.days')} help={t('policies.replay.days.help')}>
              {(control) => (
                <Input {...control} type="number" min={1} max={30} value={draft.days} onChange={(event) => change({ days: event.target.value })} />
              )}
            </Field>
            <Field label={t('policies.replay.percent')} help={t('policies.replay.percent.help')}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={1}
                  max={100}
                  value={draft.percent}
                  onChange={(event) => change({ percent: event.target.value })}
                />
              )}
            </Field>
          </div>
          <div>
            <Button
              type="submit"
              variant="primary"
              busy={starting.isPending}
              blocked={blocked}
              disabled={!ready}
              icon={<History aria-hidden className="size-3.5" />}
            >
              {t('policies.replay.start')}
            </Button>
          </div>
          {starting.error && <ProblemView error={starting.error} />}
        </form>
      </Card>
      {outcome?.status === 'accepted' && <Work key={outcome.change.id} change={outcome.change.id} />}
      {outcome?.status === 'done' && <ReplayView result={outcome.output} />}
    </div>
  );
}
