import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Checks } from './checks.tsx';
import type { ListedConnection, Validation } from './types.ts';

export type ProviderAct = 'sync' | 'revalidate' | 'pause' | 'resume' | 'delete';
interface ActProps {
  connection: ListedConnection;
  onClose: () => void;
}
const TOUCHED = ['/cloud-providers', '/servers'];

/** The checks of a stored connection, again. They leave no Change, so there is no plan to look at. */
function Revalidate({ connection, onClose }: ActProps) {
  const client = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => request<Validation>('POST', `/cloud-providers/${connection.id}/validate`, { body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/cloud-providers'] }),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('clouds.ask.revalidate', { name: connection.name })}
      footer={
        <>
          <Button busy={isPending} onClick={() => mutate()}>
            {t('clouds.check.again')}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      {isPending && <SkeletonText lines={4} />}
      {error && <ProblemView error={error} />}
      {data && !isPending && <Checks validation={data} />}
    </Dialog>
  );
}

function Delete({ connection, onClose }: ActProps) {
  const tell = useTell();
  const [forget, setForget] = useState(false);
  const call: Call = {
    method: 'DELETE',
    path: `/cloud-providers/${connection.id}`,
    ...(connection.servers > 0 ? { query: { mode: forget ? 'forget' : 'refuse' } } : {}),
  };
  return (
    <ReviewDialog
      title={t('clouds.ask.delete', { name: connection.name })}
      description={t('clouds.ask.delete.text')}
      call={connection.servers > 0 && !forget ? null : call}
      action={t('clouds.act.delete')}
      danger
      typed={connection.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('clouds.did.delete', { name: connection.name }))}
    >
      {connection.servers > 0 && (
        <Field label={t('clouds.forget', { count: connection.servers })} help={t('clouds.forget.help')} inline>
          {(control) => <Checkbox {...control} checked={forget} onCheckedChange={(on) => setForget(on === true)} />}
        </Field>
      )}
    </ReviewDialog>
  );
}

/** What an act on a connection asks before it happens. */
export function ProviderDialog({ act, connection, onClose }: ActProps & { act: ProviderAct }) {
  const tell = useTell();
  if (act === 'revalidate') return <Revalidate connection={connection} onClose={onClose} />;
  if (act === 'delete') return <Delete connection={connection} onClose={onClose} />;
  return (
    <ReviewDialog
      title={t(`clouds.ask.${act}`, { name: connection.name })}
      description={t(`clouds.ask.${act}.text`)}
      call={{ method: 'POST', path: `/cloud-providers/${connection.id}/${act}`, body: {} }}
      action={t(`clouds.act.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`clouds.did.${act}`, { name: connection.name }))}
    />
  );
}
