import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t, type MessageKey } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Switch } from '#ui/switch.tsx';
import { toast } from '#ui/toast.tsx';
import { preferencesQuery, type KindChoice, type Preferences, type Quiet } from './api.ts';
import { SlackCard } from './slack-card.tsx';
import { kindName } from './words.ts';

type Patch = Partial<Pick<Preferences, 'quiet' | 'digest'>> & { kinds?: { kind: string; inApp?: boolean; email?: boolean }[] };

/** Saves what is said and shows the answer; the rest stays. */
function useSave() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Patch) => request<Preferences>('PUT', '/notification-preferences', { body }),
    onSuccess: (saved) => {
      client.setQueryData(preferencesQuery.queryKey, saved);
      toast.done(t('notifications.saved'));
    },
    onError: toast.failed,
  });
}

function Matrix({ kinds }: { kinds: readonly KindChoice[] }) {
  const saving = useSave();
  const groups = [...Map.groupBy(kinds, ({ group }) => group)];
  const box = (choice: KindChoice, way: 'inApp' | 'email') => (
    <Checkbox
      checked={choice[way]}
      disabled={choice.critical || saving.isPending}
      aria-label={`${kindName(choice.kind)}: ${t(`notifications.way.${way}`)}`}
      onCheckedChange={(on) => saving.mutate({ kinds: [{ kind: choice.kind, [way]: on === true }] })}
    />
  );
  return (
    <Card flush title={t('notifications.matrix')}>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-ink-3">
            <th scope="col" className="px-4 py-2 text-start font-medium">
              {t('notifications.what')}
            </th>
            <th scope="col" className="w-20 px-2 py-2 text-center font-medium">
              {t('notifications.way.inApp')}
            </th>
            <th scope="col" className="w-20 px-2 py-2 text-center font-medium">
              {t('notifications.way.email')}
            </th>
          </tr>
        </thead>
        {groups.map(([group, members]) => (
          <tbody key={group} className="border-b border-line last:border-0">
            <tr>
              <th scope="rowgroup" colSpan={3} className="px-4 pt-3 pb-1 text-start text-xs font-semibold text-ink-2">
                {t(`notifications.group.${group}` as MessageKey)}
              </th>
            </tr>
            {members.map((choice) => (
              <tr key={choice.kind}>
                <th scope="row" className="px-4 py-1.5 text-start font-normal">
                  {kindName(choice.kind)}
                  {choice.critical && <span className="block text-xs text-ink-3">{t('notifications.critical')}</span>}
                </th>
                <td className="px-2 py-1.5 text-center">{box(choice, 'inApp')}</td>
                <td className="px-2 py-1.5 text-center">{box(choice, 'email')}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Card>
  );
}

const NIGHT: Omit<Quiet, 'zone'> = { from: '22:00', to: '07:00' };
const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function QuietCard({ quiet }: { quiet: Quiet | null }) {
  const saving = useSave();
  const [hours, setHours] = useState<Quiet>(quiet ?? { ...NIGHT, zone: zoneHere() });
  const refused = saving.error ? errorsByPointer(toProblem(saving.error)) : {};
  const changed = quiet !== null && JSON.stringify(quiet) !== JSON.stringify(hours);
  const text = (name: keyof Quiet, type: string) => (
    <Field label={t(`notifications.quiet.${name}`)} error={refused[`/quiet/${name}`]}>
      {(control) => (
        <Input {...control} type={type} required value={hours[name]} onChange={(event) => setHours({ ...hours, [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <Card
      title={t('notifications.quiet')}
      aside={
        <Switch
          aria-label={t('notifications.quiet')}
          checked={quiet !== null}
          onCheckedChange={(on) => saving.mutate({ quiet: on ? hours : null })}
        />
      }
    >
      <p className="mb-3 text-sm text-ink-2">{t('notifications.quiet.text')}</p>
      {quiet !== null && (
        <form
          className="grid items-end gap-3 sm:grid-cols-[8rem_8rem_1fr_auto]"
          onSubmit={(event) => {
            event.preventDefault();
            saving.mutate({ quiet: hours });
          }}
        >
          {text('from', 'time')}
          {text('to', 'time')}
          {text('zone', 'text')}
          <Button type="submit" variant="primary" busy={saving.isPending} blocked={changed ? null : t('notifications.nothingChanged')}>
            {t('action.save')}
          </Button>
        </form>
      )}
    </Card>
  );
}

function DigestCard({ digest }: Pick<Preferences, 'digest'>) {
  const saving = useSave();
  return (
    <Card title={t('notifications.digest')}>
      <Field label={t('notifications.digest.how')} help={t('notifications.digest.help')}>
        {(control) => (
          <Select
            {...control}
            className="max-w-xs"
            value={digest}
            onChange={(next) => saving.mutate({ digest: next })}
            choices={(['off', 'hourly', 'daily'] as const).map((value) => ({ value, label: t(`notifications.digest.${value}`) }))}
          />
        )}
      </Field>
    </Card>
  );
}

/** What one is told of and how, and when one would rather not be. */
export function NotificationSettingsPage() {
  const { data, error, refetch } = useQuery(preferencesQuery);
  return (
    <PageFrame title={t('notifications.title')} facts={t('notifications.settings.lead')} width="reading">
      <SlackCard />
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={8} />
      ) : (
        <>
          <QuietCard quiet={data.quiet} />
          <DigestCard digest={data.digest} />
          <Matrix kinds={data.kinds} />
        </>
      )}
    </PageFrame>
  );
}
