import { useState } from 'react';
import { RoleSelect } from '#features/access/role-select.tsx';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { EVERYTHING, scopeOf } from '#features/access/scope.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { MEMBER_LISTS } from './member-dialogs.tsx';

/** Puts another role in the place of a person's main one. */
export function MainRoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const tell = useTell();
  const { tenant } = useMe();
  const [roleId, setRoleId] = useState('');
  const [draft, setDraft] = useState(EVERYTHING);
  const [replaceAll, setReplaceAll] = useState(false);
  const { scope, ready } = scopeOf(draft);
  const body = { roleId, scope, replaceAll };
  return (
    <ReviewDialog
      title={t('grants.main.of', { name: member.name })}
      description={t('grants.main.text')}
      call={ready && body.roleId !== '' ? { method: 'PATCH', path: `/tenants/${tenant.id}/users/${member.id}/role`, body } : null}
      action={t('grants.main')}
      touched={MEMBER_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('grants.main.done', { name: member.name }))}
    >
      <Field label={t('grants.role')} required>
        {(control) => <RoleSelect control={control} value={roleId} onChange={setRoleId} />}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('scope.title')}</legend>
        <ScopeEditor value={draft} onChange={setDraft} />
      </fieldset>
      <Field label={t('grants.replaceAll')} help={t('grants.replaceAll.help')} inline>
        {(control) => <Checkbox {...control} checked={replaceAll} onCheckedChange={(on) => setReplaceAll(on === true)} />}
      </Field>
    </ReviewDialog>
  );
}
