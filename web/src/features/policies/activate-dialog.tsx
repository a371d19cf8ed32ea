import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { POLICY_LISTS } from './api.ts';
import type { PolicySet } from './types.ts';

const MODES = ['now', 'shadow', 'percentage'] as const;
type Mode = (typeof MODES)[number];

interface Draft {
  mode: Mode;
  hours: string;
  percent: string;
}
const within = (text: string, most: number): number | null => {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : null;
};

/** Null while a number is missing. */
function callOf({ id }: Pick<PolicySet, 'id'>, number: number, { mode, hours, percent }: Draft): Call | null {
  const path = `/policies/${id}/versions/${number}/activate`;
  if (mode === 'now') return { method: 'POST', path, body: { mode } };
  const [name, value] = mode === 'shadow' ? (['hours', within(hours, 720)] as const) : (['percent', within(percent, 99)] as const);
  return value === null ? null : { method: 'POST', path, body: { mode, [name]: value } };
}

interface ActivateDialogProps {
  set: PolicySet;
  number: number;
  onClose: () => void;
}
/** Puts a version into force, or on trial: its plan, who must agree, and the Change that it opens. An older version is the way back. */
export function ActivateDialog({ set, number, onClose }: ActivateDialogProps) {
  const tell = useTell();
  const [draft, setDraft] = useState<Draft>({ mode: 'now', hours: '24', percent: '10' });
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const call = callOf(set, number, draft);
  const isBack = set.activeVersion !== null && number < set.activeVersion;
  return (
    <ReviewDialog
      title={t(isBack ? 'policies.rollback.title' : 'policies.activate.title', { name: set.name, version: number })}
      description={t('policies.activate.text')}
      call={call}
      action={t('policies.activate')}
      touched={POLICY_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('policies.activated.done', { name: set.name, version: number }))}
    >
      <ChoiceList<Mode>
        label={t('policies.mode')}
        value={draft.mode}
        onChange={(mode) => change({ mode })}
        choices={MODES.map((value) => ({ value, label: t(`policies.mode.${value}`), help: t(`policies.mode.${value}.text`) }))}
      />
      {draft.mode === 'shadow' && (
        <Field label={t('policies.mode.hours')} required help={t('policies.mode.hours.help')}>
          {(control) => (
            <Input {...control} type="number" min={1} max={720} value={draft.hours} onChange={(event) => change({ hours: event.target.value })} />
          )}
        </Field>
      )}
      {draft.mode === 'percentage' && (
        <Field label={t('policies.mode.percent')} required help={t('policies.mode.percent.help')}>
          {(control) => (
            <Input {...control} type="number" min={1} max={99} value={draft.percent} onChange={(event) => change({ percent: event.target.value })} />
          )}
        </Field>
      )}
    </ReviewDialog>
  );
}
