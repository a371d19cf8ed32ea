import { useMutation, useQuery } from '@tanstack/react-query';
import { CalendarOff, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { delegationsQuery, useForget } from './api.ts';
import type { Delegation } from './types.ts';

const DAY = 86_400_000;
/** As an input of type date takes it, in the reader's own zone. */
const dateText = (at: number): string => {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

function AwayDialog({ onClose }: { onClose: () => void }) {
  const people = usePeople(useMe().actor.id);
  const forget = useForget();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState(() => dateText(Date.now()));
  const [until, setUntil] = useState(() => dateText(Date.now() + 7 * DAY));
  const [reason, setReason] = useState('');
  const saving = useMutation({
    mutationFn: () => {
      // The last day counts to its end, and a first day that is today begins now.
      const begin = from === dateText(Date.now()) ? {} : { from: new Date(`${from}T00:00`).toISOString() };
      return run('POST', '/delegations', { body: { to, ...begin, until: new Date(`${until}T23:59:59`).toISOString(), reason: reason.trim() } });
    },
    onSuccess: () => {
      toast.done(t('delegations.saved'));
      void forget();
      onClose();
    },
  });
  const refused = saving.error ? errorsByPointer(toProblem(saving.error)) : {};
  const ready = to !== '' && from !== '' && until !== '';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('delegations.create')}
      description={t('delegations.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant="primary" busy={saving.isPending} blocked={ready ? null : t('approvals.delegate.choose')} onClick={() => saving.mutate()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) saving.mutate();
        }}
      >
        <Field label={t('approvals.delegate.to')} required error={refused['/to']} help={t('delegations.to.help')}>
          {(control) => (
            <Combobox
              control={control}
              value={to}
              onChange={setTo}
              choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('delegations.from')} required error={refused['/from']}>
            {(control) => <Input {...control} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />}
          </Field>
          <Field label={t('delegations.until')} required error={refused['/until']} help={t('delegations.until.help')}>
            {(control) => <Input {...control} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />}
          </Field>
        </div>
        <Field label={t('approvals.reason')} required={false}>
          {(control) => <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {saving.error && Object.keys(refused).length === 0 && <ProblemView error={saving.error} />}
      </form>
    </Dialog>
  );
}

function Entry({ delegation }: { delegation: Delegation }) {
  const me = useMe().actor.id;
  const forget = useForget();
  const ending = useMutation({
    mutationFn: () => run('DELETE', `/delegations/${delegation.id}`),
    onSuccess: () => {
      toast.done(t('delegations.ended'));
      void forget();
    },
  });
  const given = delegation.from.id === me;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {given ? t('delegations.given', { name: delegation.to.name }) : t('delegations.held', { name: delegation.from.name })}
        </p>
        <p className="text-xs text-ink-2">
          <Time at={delegation.validFrom} /> – <Time at={delegation.validUntil} />
          {delegation.approvalId !== null && ` · ${t('delegations.one')}`}
          {delegation.scope !== null && ` · ${t('delegations.narrow')}`}
          {delegation.reason && ` · ${delegation.reason}`}
        </p>
        {ending.error && <ProblemView error={ending.error} />}
      </div>
      <Button
        size="sm"
        busy={ending.isPending}
        icon={<X aria-hidden className="size-3.5" />}
        aria-label={t('delegations.end.of', { name: given ? delegation.to.name : delegation.from.name })}
        onClick={() => ending.mutate()}
      >
        {t('delegations.end')}
      </Button>
    </li>
  );
}

/** Who decides in one’s place while one is away, and for whom one does. */
export function DelegationsPage() {
  const { data, error, refetch } = useQuery(delegationsQuery);
  const [open, setOpen] = useState(false);
  const create = (
    <PermissionGate permission="approvals:delegate">
      {(blocked) => (
        <Button variant="primary" data-hotkey="n" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
          {t('delegations.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('delegations.title')} facts={t('delegations.lead')} width="reading" actions={create}>
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={4} />
      ) : data.length === 0 ? (
        <EmptyState icon={CalendarOff} title={t('delegations.empty.title')}>
          {t('delegations.empty.text')}
        </EmptyState>
      ) : (
        <Card flush title={t('delegations.list')}>
          <ul className="divide-y divide-line">
            {data.map((delegation) => (
              <Entry key={delegation.id} delegation={delegation} />
            ))}
          </ul>
        </Card>
      )}
      {open && <AwayDialog onClose={() => setOpen(false)} />}
    </PageFrame>
  );
}
