import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useConnections } from '#features/clouds/api.ts';
import { clockTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { Switch } from '#ui/switch.tsx';
import { Time } from '#ui/time.tsx';
import { digLine, serverOf } from './dig.ts';
import type { ZoneSearch } from './filters.ts';
import { PropagationRows } from './propagation-rows.tsx';
import { checkQuery, isSettled, overall, type CheckReport, type CheckWish } from './propagation.ts';
import { fullName } from './record-name.ts';
import { TYPE_FORMS } from './record-types.ts';
import type { Zone } from './types.ts';

const TYPES = ['SOA', ...TYPE_FORMS.map(({ type }) => type)];

function Verdict({ report, busy }: { report: CheckReport & { at: number }; busy: boolean }) {
  const percent = overall(report);
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-5 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3">
      <p className="text-2xl font-semibold tracking-[-0.02em]">{percent} %</p>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{isSettled(report) ? t('check.settled') : t('check.spreading', { percent })}</p>
        <p className="text-xs text-ink-3">
          <code>
            {report.name} {report.type}
          </code>{' '}
          · {t('check.asked', { time: clockTime(new Date(report.at).toISOString()) })}
          {report.expectedBy && (
            <>
              {' · '}
              {t('check.expectedBy')} <Time at={report.expectedBy} />
            </>
          )}
        </p>
      </div>
      {busy && <Spinner className="text-ink-3" />}
    </div>
  );
}

/** What the zone's servers and resolvers answer, compared with what they should; repeated until all agree. */
export function PropagationTab({ zone, search, show }: { zone: Zone; search: ZoneSearch; show: (next: Loose<ZoneSearch>) => void }) {
  const connection = useConnections().find(({ id }) => id === zone.connectionId);
  const [wish, setWish] = useState<CheckWish>({ name: search.name ?? '@', type: search.type ?? 'SOA', expected: '', resolvers: '' });
  const [asked, setAsked] = useState(wish);
  const [watch, setWatch] = useState(true);
  const { data, error, isFetching, refetch } = useQuery(checkQuery(zone.id, asked, watch));
  const preview = fullName(asked.name, zone.name);
  const server = serverOf(zone, connection);
  const ask = () => {
    show({ name: wish.name === '@' ? undefined : wish.name, type: wish.type === 'SOA' ? undefined : wish.type });
    if (JSON.stringify(wish) === JSON.stringify(asked)) void refetch();
    else setAsked(wish);
  };
  const rowsOf = (role: 'authoritative' | 'resolver') => data?.rows.filter((row) => row.role === role) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <form
        className="grid items-start gap-4 rounded-lg border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_7rem_minmax(0,1fr)_minmax(0,1fr)]"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Field label={t('record.name')} help={preview.ok ? preview.name : undefined}>
          {(control) => (
            <Input {...control} mono spellCheck={false} value={wish.name} onChange={(event) => setWish({ ...wish, name: event.target.value })} />
          )}
        </Field>
        <Field label={t('record.type')}>
          {(control) => (
            <Select
              {...control}
              value={wish.type}
              onChange={(type) => setWish({ ...wish, type })}
              choices={TYPES.map((value) => ({ value, label: value }))}
            />
          )}
        </Field>
        <Field label={t('check.expected')} help={t('check.expected.help')} required={false}>
          {(control) => (
            <Input
              {...control}
              mono
              spellCheck={false}
              value={wish.expected}
              onChange={(event) => setWish({ ...wish, expected: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('check.resolvers')} help={t('check.resolvers.help')} required={false}>
          {(control) => (
            <Input
              {...control}
              mono
              spellCheck={false}
              placeholder="1.1.1.1, 9.9.9.9"
              value={wish.resolvers}
              onChange={(event) => setWish({ ...wish, resolvers: event.target.value })}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center justify-between gap-3 sm:col-span-full">
          <label className="flex items-center gap-2 text-ink-2">
            <Switch checked={watch} onCheckedChange={setWatch} />
            {t('check.watch')}
          </label>
          <Button type="submit" variant="primary" busy={isFetching} icon={<RefreshCw aria-hidden className="size-3.5" />}>
            {t('check.now')}
          </Button>
        </div>
      </form>
      {error && <ProblemView error={error} retry={() => void refetch()} />}
      {data ? (
        <>
          <Verdict report={data} busy={isFetching} />
          <PropagationRows role="authoritative" rows={rowsOf('authoritative')} percent={data.percent.authoritative} at={data.at} />
          <PropagationRows role="resolver" rows={rowsOf('resolver')} percent={data.percent.resolvers} at={data.at} />
        </>
      ) : (
        !error && (
          <div role="status" className="flex flex-col gap-4">
            <span className="sr-only">{t('state.loading')}</span>
            <Skeleton className="h-16 rounded-lg" />
            <Skeleton className="h-40 rounded-lg" />
          </div>
        )
      )}
      {server && (
        <div>
          <h3 className="mb-1.5 text-xs font-medium text-ink-3">{t('check.dig')}</h3>
          <CodeBlock wrap label={t('check.dig')} code={digLine(server, preview.ok ? preview.name : zone.name, asked.type)} />
        </div>
      )}
    </div>
  );
}
