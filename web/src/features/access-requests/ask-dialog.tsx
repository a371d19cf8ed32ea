import { useState } from 'react';
import { RoleSelect } from '#features/access/role-select.tsx';
import { NOTHING_YET, scopeOf } from '#features/access/scope.ts';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useAct } from './api.ts';
import { MinutesField, USUAL } from './minutes-field.tsx';

/** Shortest reason that the server takes. */
const SHORTEST = 5;

/** Asks for a role, or for a permission that a refusal named. */
export function AskDialog({ permission, onClose }: { permission: string | undefined; onClose: () => void }) {
  const [role, setRole] = useState('');
  const [named, setNamed] = useState(permission ?? '');
  const [scope, setScope] = useState(NOTHING_YET);
  const [minutes, setMinutes] = useState(USUAL);
  const [reason, setReason] = useState('');
  const sending = useAct('create');
  const reach = scopeOf(scope);
  const ready = (role === '') !== (named.trim() === '') && reach.ready && reason.trim().length >= SHORTEST;
  const refused = sending.error ? errorsByPointer(toProblem(sending.error)) : {};
  const go = () => {
    const what = role === '' ? { permission: named.trim() } : { roleId: role };
    if (ready && !sending.isPending) sending.mutate({ ...what, scope: reach.scope, minutes, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('accessRequest.create')}
      description={t('accessRequest.create.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant="primary" busy={sending.isPending} blocked={ready ? null : t('accessRequest.create.incomplete')} onClick={go}>
            {t('accessRequest.send')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('accessRequest.role')} error={refused['/roleId']} required={false}>
            {(control) => <RoleSelect control={control} value={role} onChange={setRole} />}
          </Field>
          <Field label={t('accessRequest.permission')} error={refused['/permission']} help={t('accessRequest.permission.help')} required={false}>
            {(control) => <Input {...control} value={named} maxLength={100} onChange={(event) => setNamed(event.target.value)} />}
          </Field>
        </div>
        <ScopeEditor value={scope} onChange={setScope} />
        <MinutesField value={minutes} onChange={setMinutes} error={refused['/minutes']} />
        <Field label={t('accessRequest.reason')} required error={refused['/reason']} help={t('accessRequest.reason.help')}>
          {(control) => <Textarea {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {sending.error && Object.keys(refused).length === 0 && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
}
