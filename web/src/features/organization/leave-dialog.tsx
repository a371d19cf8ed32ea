import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { useCan, useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { pathOf } from './api.ts';

/** Where people go who have no organisation to work in at the moment. */
export const OUTSIDE = '/select-organization';

function Successor({ value, onChange, belongings }: { value: string; onChange: (id: string) => void; belongings: readonly string[] }) {
  const people = usePeople(useMe().actor.id);
  return (
    <Field label={t('team.successor')} help={t('org.leave.successor', { belongings: belongings.join(', ') })} required>
      {(control) => (
        <Combobox
          control={control}
          value={value}
          onChange={onChange}
          choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
        />
      )}
    </Field>
  );
}

/** Ends one's own membership. Nobody is held; what goes on without one needs somebody else. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { tenant } = useMe();
  const mayChoose = useCan('users:read');
  const [successorId, setSuccessorId] = useState('');
  const leave = useMutation({
    mutationFn: () => request('POST', pathOf(tenant.id, '/leave'), { body: successorId ? { successorId } : {} }),
    // A new document: nothing of the organisation stays in memory.
    onSuccess: () => location.assign(OUTSIDE),
  });
  const problem = leave.error ? toProblem(leave.error) : null;
  const needed = problem?.slug === 'successor-required';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('org.leave.of', { name: tenant.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="danger" busy={leave.isPending} disabled={needed && successorId === ''} onClick={() => leave.mutate()}>
            {t('org.leave.action')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{t('org.leave.text')}</p>
        {problem && !(needed && mayChoose) && <ProblemView error={problem} />}
        {needed && mayChoose && (
          <Successor value={successorId} onChange={setSuccessorId} belongings={(problem.body['belongings'] as string[]) ?? []} />
        )}
      </div>
    </Dialog>
  );
}
