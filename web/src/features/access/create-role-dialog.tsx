import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { slugOf } from '#features/onboarding/steps.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { RoleDetail } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { rolesQuery } from './api.ts';
import { RoleFields, type RoleFieldsDraft } from './role-fields.tsx';

const KEY = /^[a-z][a-z0-9_]{2,49}$/;
/** "Edge operators (EU)" → "edge_operators_eu" */
export const keyOf = (name: string): string =>
  slugOf(name)
    .replaceAll('-', '_')
    .replace(/^[^a-z]+/, '');

const BEGIN: RoleFieldsDraft = { name: '', description: '', level: 50, maxRisk: 'write', requiresMfa: false };

/** A new role: empty but for a first permission, or as a copy of another to start from. */
export function CreateRoleDialog({ onClose, from }: { onClose: () => void; from?: string }) {
  const navigate = useNavigate();
  const tell = useTell();
  const { data: roles = [], isPending } = useQuery(rolesQuery);
  const [cloneFrom, setCloneFrom] = useState(from ?? '');
  const original = roles.find(({ id }) => id === cloneFrom);
  const [draft, setDraft] = useState(BEGIN);
  const [key, setKey] = useState<string | null>(null);
  const [patterns, setPatterns] = useState<string | null>(null);
  const shownKey = key ?? keyOf(draft.name);
  const shownPatterns = patterns ?? original?.patterns.join('\n') ?? '';
  const choose = (id: string) => {
    setCloneFrom(id);
    const role = roles.find((one) => one.id === id);
    // Level 1 is the owner's alone.
    if (role) setDraft((now) => ({ ...now, level: Math.max(2, role.level), maxRisk: role.maxRisk, requiresMfa: role.requiresMfa }));
  };
  const list = shownPatterns.split(/[\s,]+/).filter(Boolean);
  const body = { key: shownKey, ...draft, patterns: list, ...(cloneFrom ? { cloneFrom } : {}) };
  const complete = body.name.trim() !== '' && KEY.test(body.key) && body.patterns.length > 0;
  return (
    <ReviewDialog<RoleDetail>
      title={t('roles.create')}
      description={t('roles.create.text')}
      call={complete ? { method: 'POST', path: '/roles', body } : null}
      action={t('roles.create')}
      touched={['/roles']}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('roles.created', { name: draft.name }));
        if (outcome.status === 'done') void navigate({ to: '/settings/roles/$id', params: { id: outcome.output.id } });
      }}
    >
      <Field label={t('roles.clone')} help={t('roles.clone.help')} required={false}>
        {(control) => (
          <Combobox
            control={control}
            value={cloneFrom}
            onChange={choose}
            loading={isPending}
            choices={roles.map((role) => ({ value: role.id, label: role.name, hint: t('roles.level', { level: role.level }) }))}
          />
        )}
      </Field>
      <RoleFields draft={draft} onChange={setDraft} />
      <Field label={t('roles.key')} help={t('roles.key.help')} error={shownKey && !KEY.test(shownKey) ? t('roles.key.fault') : undefined} required>
        {(control) => <Input {...control} mono maxLength={50} value={shownKey} onChange={(event) => setKey(event.target.value)} />}
      </Field>
      <Field label={t('roles.column.permissions')} help={t('roles.patterns.help')} required>
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={3}
            spellCheck={false}
            placeholder={'servers:*\n*:read'}
            value={shownPatterns}
            onChange={(event) => setPatterns(event.target.value)}
          />
        )}
      </Field>
    </ReviewDialog>
  );
}
