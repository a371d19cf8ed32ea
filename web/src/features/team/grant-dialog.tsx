import { useState } from 'react';
import { RoleSelect } from '#features/access/role-select.tsx';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { NOTHING_YET, scopeOf } from '#features/access/scope.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MEMBER_LISTS } from './member-dialogs.tsx';

/** The server's own limit. */
const SHORTEST_REASON = 3;
/** The end of that day where the reader is. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

/** Gives a person one more role: which, for what, until when, and why. */
export function GrantDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const tell = useTell();
  const [roleId, setRoleId] = useState('');
  const [draft, setDraft] = useState(NOTHING_YET);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const { scope, ready } = scopeOf(draft);
  const body = { subjectId: member.id, roleId, scope, reason: reason.trim(), ...(until ? { validUntil: endOf(until) } : {}) };
  const complete = ready && roleId !== '' && body.reason.length >= SHORTEST_REASON;
  return (
    <ReviewDialog
      title={t('grants.give', { name: member.name })}
      description={t('grants.give.text')}
      call={complete ? { method: 'POST', path: '/grants', body } : null}
      action={t('members.grant')}
      touched={MEMBER_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('grants.given', { name: member.name }))}
    >
      <Field label={t('grants.role')} required>
        {(control) => <RoleSelect control={control} value={roleId} onChange={setRoleId} />}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('scope.title')}</legend>
        <ScopeEditor value={draft} onChange={setDraft} />
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
        <Field label={t('grants.reason')} help={t('grants.reason.help')} required>
          {(control) => <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Field label={t('grants.until')} required={false}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={new Date().toISOString().slice(0, 10)}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ReviewDialog>
  );
}
