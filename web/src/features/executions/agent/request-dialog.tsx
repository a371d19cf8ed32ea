import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { TOUCHED } from '../api.ts';
import { RequestCall } from './request-call.tsx';
import { decidedOf, freshWish, kindOfDecision, type AgentRequest, type Wish } from './request-rules.ts';

interface InsideProps {
  asked: AgentRequest;
  onClose: () => void;
}

/** Words of what moved the agent, where that came from outside. */
const Taint = ({ taint }: Pick<AgentRequest, 'taint'>) =>
  taint.length > 0 && (
    <p className="flex items-start gap-2 rounded-md border border-warn/40 bg-warn-wash px-3 py-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <span>{t('agent.taint', { sources: taint.map(({ nodeKey, kind }) => `${nodeKey} (${kind})`).join(', ') })}</span>
    </p>
  );

function Inside({ asked, onClose }: InsideProps) {
  const tell = useTell();
  const [wishes, setWishes] = useState<readonly Wish[]>(() => asked.calls.map(freshWish));
  const [errors, setErrors] = useState<Readonly<Record<number, Record<string, string>>>>({});
  const sending = useSubmit<AgentRequest>([...TOUCHED, '/approvals', '/changes']);
  const blocked = useBlocked('approvals:decide');
  const kind = kindOfDecision(asked.calls, wishes);
  const refused = errorsByPointer(sending.error ? toProblem(sending.error) : null);
  const open = asked.state === 'awaiting_approval';
  const send = (): void => {
    const { calls, faults } = decidedOf(asked.calls, wishes);
    setErrors(faults);
    if (Object.keys(faults).length > 0 || blocked) return;
    const path = `/executions/${asked.executionId}/agent-requests/${asked.changeId}/decide`;
    sending.submit({ call: { method: 'POST', path, body: { calls } }, comment: '' }, (outcome) => {
      tell(outcome, t(`agent.decide.${kind}.done`));
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
      <Taint taint={asked.taint} />
      {!open && <p role="status">{t('agent.decide.over')}</p>}
      {asked.calls.map((call, at) => (
        <RequestCall
          key={call.index}
          call={call}
          wish={wishes[at]!}
          errors={errors[at] ?? Object.fromEntries(Object.entries(refused).flatMap(([pointer, text]) => (pointer.startsWith(`/calls/${at}/arguments`) ? [[pointer.slice(`/calls/${at}/arguments`.length), text]] : [])))}
          onWish={(wish) => setWishes(wishes.with(at, wish))}
          readOnly={!open}
        />
      ))}
      {sending.error && <ProblemView error={sending.error} />}
      {open && (
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant={kind === 'reject' ? 'danger' : 'primary'} blocked={blocked} busy={sending.isPending}>
            {t(`agent.decide.${kind}`)}
          </Button>
        </div>
      )}
    </form>
  );
} // prettier-ignore

interface RequestDialogProps {
  executionId: string;
  changeId: string;
  onClose: () => void;
}
/** What an agent wants to do, call by call: let it, with other arguments if need be, or leave it out with words that the model reads. */
export function RequestDialog({ executionId, changeId, onClose }: RequestDialogProps) {
  const asked = useQuery({
    queryKey: ['/executions', 'agent-request', executionId, changeId],
    queryFn: ({ signal }) => request<AgentRequest>('GET', `/executions/${executionId}/agent-requests/${changeId}`, { signal }),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(next) => !next && onClose()}
      title={asked.data ? t('agent.request.of', { agent: asked.data.agent }) : t('agent.request')}
      description={t('agent.request.text')}
    >
      <Loaded query={asked} lines={6}>
        {(data) => <Inside asked={data} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}
