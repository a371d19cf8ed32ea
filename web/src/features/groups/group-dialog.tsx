import { useState } from 'react';
import { KINDS, useGroups, useResources } from '#features/access/api.ts';
import { typeName, type ClauseDraft } from '#features/access/scope.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Group } from '#features/settings/types.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Select } from '#ui/select.tsx';
import { bodyOf, draftOf, NEW_GROUP, type GroupDraft } from './draft.ts';

const ANY = 'any';
interface PartProps {
  draft: GroupDraft;
  set: (part: Partial<GroupDraft>) => void;
}

function MembersOf({ type, draft, set }: PartProps & { type: string }) {
  const { items } = useResources(type);
  return (
    <Field label={typeName(type)}>
      {(control) => (
        <MultiSelect
          control={control}
          free
          choices={items.map(({ id, name, environment }) => ({ value: id, label: name, hint: environment }))}
          value={draft.members[type] ?? []}
          onChange={(ids) => set({ members: { ...draft.members, [type]: ids } })}
        />
      )}
    </Field>
  );
}

function Selector({ draft, set, fault }: PartProps & { fault: string | null }) {
  const put = (part: Partial<ClauseDraft>) => set({ selector: { ...draft.selector, ...part } });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">{t('groups.selector')}</legend>
      <Field label={t('groups.selector.use')} help={t('groups.selector.help')} inline>
        {(control) => <Checkbox {...control} checked={draft.selects} onCheckedChange={(on) => set({ selects: on === true })} />}
      </Field>
      {draft.selects && (
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label={t('scope.type')}>
            {(control) => (
              <Select
                {...control}
                value={draft.selector.type || ANY}
                onChange={(type) => put({ type: type === ANY ? '' : type })}
                choices={[{ value: ANY, label: t('scope.type.any') }, ...KINDS.map(({ type }) => ({ value: type, label: typeName(type) }))]}
              />
            )}
          </Field>
          <Field label={t('scope.environments')}>
            {(control) => (
              <MultiSelect
                control={control}
                free
                placeholder={t('scope.any')}
                choices={['dev', 'lab', 'staging', 'prod'].map((value) => ({ value, label: value }))}
                value={draft.selector.environments}
                onChange={(environments) => put({ environments })}
              />
            )}
          </Field>
          <Field label={t('scope.labels')} error={fault ?? undefined}>
            {(control) => (
              <Input
                {...control}
                mono
                placeholder="tier=edge"
                value={draft.selector.labels}
                onChange={(event) => put({ labels: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </fieldset>
  );
}

/** Makes a group, or changes what one holds. */
export function GroupDialog({ group, onClose }: { group?: Group; onClose: () => void }) {
  const tell = useTell();
  const others = useGroups().filter(({ id }) => id !== group?.id);
  const people = usePeople('');
  const [draft, setDraft] = useState<GroupDraft>(() => (group ? draftOf(group) : NEW_GROUP));
  const set = (part: Partial<GroupDraft>) => setDraft((now) => ({ ...now, ...part }));
  const { body, fault } = bodyOf(draft);
  const ready = fault === null && body['name'] !== '';
  return (
    <ReviewDialog
      title={group ? t('groups.edit.of', { name: group.name }) : t('groups.create')}
      description={t('groups.text')}
      call={
        !ready
          ? null
          : group
            ? { method: 'PATCH', path: `/groups/${group.id}`, body, ifMatch: group.version }
            : { method: 'POST', path: '/groups', body }
      }
      action={group ? t('action.save') : t('action.create')}
      touched={['/groups']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(group ? 'groups.edited' : 'groups.created', { name: draft.name }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('roles.name')} required>
          {(control) => <Input {...control} maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}
        </Field>
        <Field label={t('groups.owner')} required={false}>
          {(control) => (
            <Combobox
              control={control}
              value={draft.ownerId}
              onChange={(ownerId) => set({ ownerId })}
              choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            />
          )}
        </Field>
      </div>
      <Field label={t('roles.column.description')} required={false}>
        {(control) => <Input {...control} maxLength={500} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-sm font-medium">{t('groups.members')}</legend>
        <div className="grid gap-3 sm:grid-cols-3">
          {KINDS.map(({ type }) => (
            <MembersOf key={type} type={type} draft={draft} set={set} />
          ))}
        </div>
      </fieldset>
      <Selector draft={draft} set={set} fault={fault} />
      <Field label={t('groups.nested')} help={t('groups.nested.help')} required={false}>
        {(control) => (
          <MultiSelect
            control={control}
            choices={others.map(({ id, name, description }) => ({ value: id, label: name, hint: description }))}
            value={draft.groups}
            onChange={(groups) => set({ groups })}
          />
        )}
      </Field>
    </ReviewDialog>
  );
}
