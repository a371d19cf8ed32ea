import { useQuery } from '@tanstack/react-query';
import { Loaded } from '#features/account/loaded.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { TOUCHED } from './api.ts';
import { shortId } from './columns.tsx';

export type BulkAct = 'retry' | 'cancel';
interface BulkAnswer {
  matched: number;
  done: number;
  /** Runs of nodes with an effect that would be had again. */
  effects: number;
  items: { id: string; outcome: string; detail: string | null }[];
}

const Preview = ({ act, chosen, answer }: { act: BulkAct; chosen: number; answer: BulkAnswer }) => {
  const refused = answer.items.filter(({ outcome }) => outcome !== 'would');
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{t(`executions.bulk.${act}.would`, { count: answer.done })}</p>
      {act === 'retry' && answer.effects > 0 && (
        <p className="rounded-md bg-warn-wash px-3 py-2">{t('executions.bulk.effects', { count: answer.effects })}</p>
      )}
      {chosen > answer.matched && <p className="text-ink-2">{t('executions.bulk.left', { count: chosen - answer.matched })}</p>}
      {refused.length > 0 && (
        <ul className="max-h-40 overflow-y-auto text-ink-2">
          {refused.map(({ id, outcome, detail }) => (
            <li key={id}>
              <code>{shortId(id)}</code> {detail ?? outcome}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

interface BulkDialogProps {
  act: BulkAct;
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}
/** Says what an act on many executions would come to, and only then does it. */
export function BulkDialog({ act, ids, onClose, onDone }: BulkDialogProps) {
  const tell = useTell();
  const path = `/executions/bulk/${act}`;
  const plan = useQuery({
    queryKey: ['plan', 'executions', act, ids],
    queryFn: ({ signal }) => request<BulkAnswer>('POST', path, { body: { ids, preview: true }, signal }),
    gcTime: 0,
    retry: false,
  });
  // By its key: after a lost answer a second press must not run them all once more.
  const doing = useSubmit<BulkAnswer>(TOUCHED);
  const send = (): void =>
    doing.submit({ call: { method: 'POST', path, body: { ids, preview: false } }, comment: '' }, (outcome) => {
      tell(outcome, outcome.status === 'done' ? t(`executions.bulk.${act}.done`, { count: outcome.output.done }) : '');
      onDone();
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`executions.bulk.${act}`, { count: ids.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button
            variant={act === 'cancel' ? 'danger' : 'primary'}
            busy={doing.isPending}
            disabled={!plan.data || plan.data.done === 0}
            onClick={send}
          >
            {t(`executions.${act}`)}
          </Button>
        </>
      }
    >
      <Loaded query={plan}>{(answer) => <Preview act={act} chosen={ids.length} answer={answer} />}</Loaded>
      {doing.error && <ProblemView error={doing.error} />}
    </Dialog>
  );
}
