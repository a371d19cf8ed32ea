import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { OperationForm } from '#ui/operation-form/index.ts';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { TOUCHED } from '../api.ts';
import { decisionOf, type ApprovalForm } from './form-rules.ts';

function Inside({ asked, onClose }: { asked: ApprovalForm; onClose: () => void }) {
  const tell = useTell();
  const [value, setValue] = useState<Record<string, unknown>>(asked.values);
  /** From the first try on it is said what is wrong, as it stands now. */
  const [tried, setTried] = useState(false);
  const sending = useSubmit<unknown>([...TOUCHED, '/approvals', '/changes']);
  const blocked = useBlocked('approvals:decide');
  const open = asked.state === 'awaiting_approval';
  const { isChanged, path, body, faults } = decisionOf(asked, value);
  const send = (): void => {
    setTried(true);
    if (Object.keys(faults).length > 0 || blocked) return;
    sending.submit({ call: { method: 'POST', path, body }, comment: '' }, (outcome) => {
      tell(outcome, t(isChanged ? 'executions.form.altered' : 'executions.form.agreed'));
      onClose();
    });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {asked.body && <p className="[overflow-wrap:anywhere] whitespace-pre-line">{asked.body}</p>}
      {!open && <p role="status">{t('agent.decide.over')}</p>}
      <fieldset disabled={!open} className="min-w-0">
        <legend className="sr-only">{asked.title}</legend>
        <OperationForm schema={asked.form} value={value} onChange={setValue} errors={tried ? faults : {}} />
      </fieldset>
      {sending.error && <ProblemView error={sending.error} />}
      {open && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="primary" blocked={blocked} busy={sending.isPending}>
            {t(isChanged ? 'agent.decide.alter' : 'agent.decide.approve')}
          </Button>
        </div>
      )}
    </form>
  );
}

interface FormDialogProps {
  executionId: string;
  changeId: string;
  onClose: () => void;
}
/** What an Approval asks with a form: agree to what stands in it, or to something else. It is rejected at its Change. */
export function FormDialog({ executionId, changeId, onClose }: FormDialogProps) {
  const asked = useQuery({
    queryKey: ['/executions', 'approval-form', executionId, changeId],
    queryFn: ({ signal }) => request<ApprovalForm>('GET', `/executions/${executionId}/approval-forms/${changeId}`, { signal }),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={asked.data?.title ?? t('executions.form')}
      description={t('executions.form.text')}
    >
      <Loaded query={asked} lines={4}>
        {(data) => <Inside asked={data} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}
