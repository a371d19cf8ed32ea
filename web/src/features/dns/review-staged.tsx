import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { planQuery, type Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Problem, toProblem } from '#lib/problem.ts';
import type { ProblemBody } from '#lib/types.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { TOUCHED } from './api.ts';
import { StagedMark } from './record-columns.tsx';
import { relativeName } from './record-name.ts';
import { shownValue } from './record-types.ts';
import { count, errorsByEdit, toChangeSet, type Staged } from './staging.ts';
import type { Zone } from './types.ts';

interface Edit {
  id: string;
  staged: 'added' | 'changed' | 'removed';
  name: string;
  type: string;
  value: string;
}
const editsOf = ({ creates, updates, deletes }: Staged): Edit[] => [
  ...creates.map(({ key, name, type, value }): Edit => ({ id: key, staged: 'added', name, type, value })),
  ...Object.entries(updates).map(([id, { before, patch }]): Edit => ({
    id,
    staged: 'changed',
    name: before.name,
    type: before.type,
    value: patch.value ?? before.value,
  })),
  ...Object.entries(deletes).map(([id, { name, type, value }]): Edit => ({ id, staged: 'removed', name, type, value })),
];

const EditLine = ({ edit, zone, error, onDiscard }: { edit: Edit; zone: string; error: string | undefined; onDiscard: () => void }) => (
  <li className="flex items-start gap-2.5 px-3 py-1.5">
    <span className="w-22 shrink-0 pt-0.5">
      <StagedMark staged={edit.staged} />
    </span>
    <div className="min-w-0 flex-1">
      <p className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        <span className="font-semibold">{relativeName(edit.name, zone)}</span> {edit.type}{' '}
        <span className="text-ink-2">{shownValue(edit.type, edit.value)}</span>
      </p>
      {error && <p className="text-xs text-bad">{error}</p>}
    </div>
    <button
      type="button"
      aria-label={t('record.undo', { name: `${edit.name} ${edit.type}` })}
      onClick={onDiscard}
      className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-9"
    >
      <X aria-hidden className="size-3.5" />
    </button>
  </li>
);

/** Every error is about one of the edits, and stands beside it. */
const isPlaced = (staged: Staged, errors: ProblemBody['errors']): boolean =>
  errors !== undefined && errors.length > 0 && !('' in errorsByEdit(staged, errors));

export interface ReviewStagedProps {
  zone: Zone;
  staged: Staged;
  /** What the server refuses, by edit: shown at the rows too. */
  onErrors: (errors: Record<string, string>) => void;
  onDiscardOne: (id: string) => void;
  /** The edits are a Change now and no longer ours. */
  onSent: () => void;
  onClose: () => void;
}

/** All staged edits as one change set: its plan, warnings, risk, who must agree, the reason. */
export function ReviewStaged({ zone, staged, onErrors, onDiscardOne, onSent, onClose }: ReviewStagedProps) {
  const tell = useTell();
  const [confirmed, setConfirmed] = useState(false);
  const call: Call = useMemo(
    () => ({
      method: 'POST',
      path: `/dns/zones/${zone.id}/changes`,
      body: { ...toChangeSet(staged), ...(confirmed ? { confirmMassChange: true } : {}) },
    }),
    [zone.id, staged, confirmed],
  );
  const empty = count(staged).all === 0;
  const { error } = useQuery({ ...planQuery(call), enabled: !empty });
  const problem = error ? toProblem(error) : null;
  const errors = useMemo(() => (error instanceof Problem ? errorsByEdit(staged, error.body.errors ?? []) : {}), [error, staged]);
  useEffect(() => onErrors(errors), [errors, onErrors]);
  useEffect(() => {
    if (empty) onClose();
  }, [empty, onClose]);
  return (
    <ReviewDialog
      width="xl"
      title={t('staged.review.title', { zone: zone.unicodeName })}
      description={t('staged.review.lead')}
      call={empty ? null : call}
      action={t('staged.apply')}
      touched={TOUCHED}
      told={({ slug, body }) => slug === 'mass-change' || isPlaced(staged, body.errors)}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('staged.done', { zone: zone.unicodeName }));
        onSent();
      }}
    >
      <section aria-label={t('staged.title')}>
        <ul className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface">
          {editsOf(staged).map((edit) => (
            <EditLine key={edit.id} edit={edit} zone={zone.name} error={errors[edit.id]} onDiscard={() => onDiscardOne(edit.id)} />
          ))}
        </ul>
      </section>
      {(confirmed || problem?.slug === 'mass-change') && (
        <div className="rounded-md border border-warn/35 bg-warn-wash px-3 py-2.5">
          {problem && <p className="mb-2">{problem.body.detail}</p>}
          <Field label={t('staged.mass')} help={t('staged.mass.help')} inline>
            {(control) => <Checkbox {...control} checked={confirmed} onCheckedChange={(on) => setConfirmed(on === true)} />}
          </Field>
        </div>
      )}
    </ReviewDialog>
  );
}
