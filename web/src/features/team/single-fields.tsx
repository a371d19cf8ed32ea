import { RolesSelect } from '#features/access/role-select.tsx';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { InviteDraft } from './invite-dialog.tsx';

const DAYS = ['1', '3', '7', '14', '30'] as const;

export interface InviteFieldsProps {
  draft: InviteDraft;
  set: (part: Partial<InviteDraft>) => void;
}
/** What all invitations have in common. */
export const SharedFields = ({ draft, set, rolesHelp }: InviteFieldsProps & { rolesHelp: string }) => (
  <>
    <Field label={t('team.column.roles')} help={rolesHelp} required>
      {(control) => <RolesSelect control={control} value={draft.roleIds} onChange={(roleIds) => set({ roleIds: roleIds.slice(0, 5) })} />}
    </Field>
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t('scope.title')}</legend>
      <ScopeEditor value={draft.scope} onChange={(scope) => set({ scope })} />
    </fieldset>
    <Field label={t('team.message')} help={t('team.message.help')} required={false}>
      {(control) => (
        <Textarea {...control} rows={2} maxLength={1000} value={draft.message} onChange={(event) => set({ message: event.target.value })} />
      )}
    </Field>
    <Field label={t('team.days')}>
      {(control) => (
        <Select
          {...control}
          className="max-w-48"
          value={draft.days}
          onChange={(days) => set({ days })}
          choices={DAYS.map((value) => ({ value: value as string, label: t('keys.days.choice', { count: Number(value) }) }))}
        />
      )}
    </Field>
  </>
);

export const SingleFields = ({ draft, set, error }: InviteFieldsProps & { error: string | undefined }) => (
  <div className="flex flex-col gap-4">
    <Field label={t('team.column.email')} error={error} required>
      {(control) => (
        <Input
          {...control}
          autoFocus
          type="email"
          autoComplete="off"
          maxLength={254}
          value={draft.email}
          onChange={(event) => set({ email: event.target.value })}
        />
      )}
    </Field>
    <SharedFields draft={draft} set={set} rolesHelp={t('team.roles.help')} />
  </div>
);
