import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Select } from '#ui/select.tsx';
import { LIST } from './api.ts';
import type { AccessReview, ReviewerKind } from './types.ts';

const KINDS: readonly ReviewerKind[] = ['givers', 'administrators', 'named'];
const DAYS = [3, 7, 14, 30, 60];

/** Begins a review of everything that anybody holds. */
export function StartDialog({ onClose, onStarted }: { onClose: () => void; onStarted: (id: string) => void }) {
  const tell = useTell();
  const people = usePeople('');
  const [name, setName] = useState('');
  const [reviewers, setReviewers] = useState<ReviewerKind>('givers');
  const [ids, setIds] = useState<string[]>([]);
  const [days, setDays] = useState(14);
  const body = { name: name.trim(), reviewers, days, reviewerIds: reviewers === 'named' ? ids : [] };
  const ready = body.name !== '' && (body.reviewers === 'named') === body.reviewerIds.length > 0;
  return (
    <ReviewDialog<AccessReview>
      title={t('accessReview.start')}
      description={t('accessReview.start.text')}
      call={ready ? { method: 'POST', path: LIST, body } : null}
      action={t('accessReview.start.action')}
      touched={[LIST]}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('accessReview.started', { name: body.name }));
        if (outcome.status === 'done') onStarted(outcome.output.id);
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('roles.name')} required>
          {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('accessReview.days')} help={t('accessReview.days.help')}>
          {(control) => (
            <Select
              {...control}
              value={String(days)}
              onChange={(next) => setDays(Number(next))}
              choices={DAYS.map((count) => ({ value: String(count), label: t('accessReview.days.of', { count }) }))}
            />
          )}
        </Field>
      </div>
      <ChoiceList
        label={t('accessReview.reviewers')}
        value={reviewers}
        onChange={setReviewers}
        choices={KINDS.map((value) => ({ value, label: t(`accessReview.reviewers.${value}`), help: t(`accessReview.reviewers.${value}.help`) }))}
      />
      {reviewers === 'named' && (
        <Field label={t('accessReview.people')} required>
          {(control) => (
            <MultiSelect
              control={control}
              value={ids}
              onChange={setIds}
              choices={people.map((one) => ({ value: one.id, label: one.name, hint: one.email }))}
            />
          )}
        </Field>
      )}
    </ReviewDialog>
  );
}
