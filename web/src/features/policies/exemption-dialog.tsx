import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { PolicySetDetail } from './types.ts';

/** As an input of type datetime-local takes it, in the reader's own zone. */
const localText = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
const DAY = 86_400_000;
const SHORTEST = 10;

/** Asks that people or resources are taken out of rules for a while; somebody else has to agree. */
export function ExemptionDialog({ set, onClose }: { set: PolicySetDetail; onClose: () => void }) {
  const tell = useTell();
  const people = usePeople('');
  const [policies, setPolicies] = useState<string[]>([]);
  const [users, setUsers] = useState<string[]>([]);
  const [resources, setResources] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => localText(new Date(Date.now() + 7 * DAY)));
  const ids = resources.split(/[\s,]+/).filter(Boolean);
  const moment = Date.parse(until);
  const body = {
    policies: policies.map((id) => `${set.name}/${id}`),
    ...(users.length > 0 ? { users } : {}),
    ...(ids.length > 0 ? { resources: ids } : {}),
    reason: reason.trim(),
    validUntil: Number.isNaN(moment) ? '' : new Date(moment).toISOString(),
  };
  const ready = body.policies.length > 0 && body.reason.length >= SHORTEST && body.validUntil !== '';
  return (
    <ReviewDialog
      title={t('policies.exempt')}
      description={t('policies.exempt.text')}
      call={ready ? { method: 'POST', path: '/policy-exemptions', body } : null}
      action={t('policies.exempt')}
      touched={['/policy-exemptions']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('policies.exempted'))}
    >
      <Field label={t('policies.rules')} required>
        {(control) => (
          <MultiSelect
            control={control}
            value={policies}
            onChange={setPolicies}
            choices={(set.active?.policies ?? []).map(({ id, type }) => ({ value: id, label: id, hint: type }))}
          />
        )}
      </Field>
      <Field label={t('policies.exempt.people')} required={false} help={t('policies.exempt.people.help')}>
        {(control) => (
          <MultiSelect
            control={control}
            value={users}
            onChange={setUsers}
            choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
          />
        )}
      </Field>
      <Field label={t('policies.exempt.resources')} required={false} help={t('policies.exempt.resources.help')}>
        {(control) => <Input {...control} mono value={resources} onChange={(event) => setResources(event.target.value)} />}
      </Field>
      <Field label={t('policies.exempt.until')} required help={t('policies.exempt.until.help')}>
        {(control) => <Input {...control} type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />}
      </Field>
      <Field label={t('approvals.reason')} required help={t('policies.exempt.reason.help')}>
        {(control) => <Textarea {...control} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}
