import { useState } from 'react';
import { RoleSelect } from '#features/access/role-select.tsx';
import { draftOf, scopeOf } from '#features/access/scope.ts';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useDecide } from './api.ts';
import type { ReviewItem, Verdict } from './types.ts';

const named = ({ holding, subject }: ReviewItem): string => t('accessReview.item', { holding, name: subject.name });

export interface DecideDialogProps {
  reviewId: string;
  items: readonly ReviewItem[];
  verdict: Verdict;
  onClose: () => void;
  onDone: () => void;
}
/** The question before a verdict, with room for a reason; a change says what the grant becomes. */
export function DecideDialog({ reviewId, items, verdict, onClose, onDone }: DecideDialogProps) {
  const [first] = items;
  const [comment, setComment] = useState('');
  const [roleId, setRoleId] = useState(first?.roleId ?? '');
  const [scope, setScope] = useState(() => draftOf(first?.scope ?? { any: [] }));
  const deciding = useDecide(reviewId);
  const reach = scopeOf(scope);
  const changes = verdict === 'change';
  const refused = deciding.error ? errorsByPointer(toProblem(deciding.error)) : {};
  const ready = !changes || (roleId !== '' && reach.ready);
  const go = () => {
    if (!ready || deciding.isPending) return;
    const to = changes ? { to: { roleId, scope: reach.scope, validUntil: first!.validUntil } } : {};
    const said = comment.trim() ? { comment: comment.trim() } : {};
    deciding.mutate({ itemIds: items.map(({ id }) => id), verdict, ...said, ...to }, { onSuccess: () => (onDone(), onClose()) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`accessReview.ask.${verdict}`, { count: items.length })}
      description={items.length === 1 ? named(first!) : t('accessReview.ask.many', { count: items.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant={verdict === 'revoke' ? 'danger' : 'primary'} busy={deciding.isPending} blocked={ready ? null : t('accessReview.incomplete')} onClick={go}>
            {t(`accessReview.act.${verdict}`)}
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
        {items.length > 1 && (
          <ul tabIndex={0} className="max-h-40 list-disc overflow-y-auto ps-5 text-ink-2">
            {items.map((item) => (
              <li key={item.id}>{named(item)}</li>
            ))}
          </ul>
        )}
        {verdict !== 'keep' && <p className="text-ink-2">{t('accessReview.follows')}</p>}
        {changes && (
          <>
            <Field label={t('accessReview.becomes')} required error={refused['/to/roleId']}>
              {(control) => <RoleSelect control={control} value={roleId} onChange={setRoleId} />}
            </Field>
            <ScopeEditor value={scope} onChange={setScope} />
          </>
        )}
        <Field label={t('change.comment')} required={false} error={refused['/comment']}>
          {(control) => <Textarea {...control} value={comment} maxLength={500} onChange={(event) => setComment(event.target.value)} />}
        </Field>
        {deciding.error && <ProblemView error={deciding.error} placed={(pointer) => pointer in refused && pointer !== '/to/scope'} />}
      </form>
    </Dialog>
  );
} // prettier-ignore
