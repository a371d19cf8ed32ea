import { useState } from 'react';
import { planCounts } from '#features/changes/plan-view.tsx';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useApprovalAct } from './api.ts';
import type { ApprovalAct, ApprovalRequest } from './types.ts';

/** Shortest reason of a rejection that the server takes. */
const SHORTEST = 5;
const MYSELF = 'me';

function Delegate({ value, onChange, error }: { value: string; onChange: (id: string) => void; error: string | undefined }) {
  const people = usePeople(useMe().actor.id);
  return (
    <Field label={t('approvals.delegate.to')} required error={error}>
      {(control) => (
        <Combobox
          control={control}
          value={value}
          onChange={onChange}
          choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
        />
      )}
    </Field>
  );
}

function InPlaceOf({ request, value, onChange }: { request: ApprovalRequest; value: string; onChange: (id: string) => void }) {
  const choices = [{ value: MYSELF, label: t('approvals.for.me') }, ...request.standsFor.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <Field label={t('approvals.for')} help={t('approvals.for.help')}>
      {(control) => <Select {...control} value={value} onChange={onChange} choices={choices} />}
    </Field>
  );
}

interface ReasonProps {
  act: ApprovalAct;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
  onSend: () => void;
}
function Reason({ act, value, error, onChange, onSend }: ReasonProps) {
  const delegating = act === 'delegate';
  return (
    <Field label={t(delegating ? 'approvals.reason' : 'change.comment')} required={act === 'reject'} error={error} help={t('change.comment.help')}>
      {(control) => (
        <Textarea
          {...control}
          autoFocus={!delegating}
          value={value}
          maxLength={delegating ? 500 : 2000}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && onSend()}
        />
      )}
    </Field>
  );
}

interface Draft {
  comment: string;
  to: string;
  inPlaceOf: string;
}
const bodyOf = (act: ApprovalAct, { comment, to, inPlaceOf }: Draft): Record<string, string> => {
  const text = comment.trim();
  if (act === 'delegate') return { to, ...(text ? { reason: text } : {}) };
  if (act === 'escalate' || act === 'cancel') return {};
  const said: Record<string, string> = text ? { comment: text } : {};
  return act === 'revoke' || inPlaceOf === MYSELF ? said : { ...said, onBehalfOf: inPlaceOf };
};

/** What is wrong, beside the field it is about or, where it is about none, by itself. */
function faultsOf(error: Error | null, { short, nobody }: { short: boolean; nobody: boolean }) {
  const refused = error ? errorsByPointer(toProblem(error)) : {};
  return {
    to: nobody ? t('approvals.delegate.choose') : refused['/to'],
    comment: short ? t('change.comment.short') : refused['/comment'],
    other: Object.keys(refused).length === 0 ? error : null,
  };
}

/** The question before an act on a request, with room for the reason. Ctrl/⌘ Enter answers it. */
export function ApprovalDialog({ request, act, onClose }: { request: ApprovalRequest; act: ApprovalAct; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({ comment: '', to: '', inPlaceOf: MYSELF });
  const [touched, setTouched] = useState(false);
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const sending = useApprovalAct(request);
  const short = act === 'reject' && draft.comment.trim().length < SHORTEST;
  const nobody = act === 'delegate' && draft.to === '';
  const faults = faultsOf(sending.error, { short: touched && short, nobody: touched && nobody });

  const go = () => {
    setTouched(true);
    if (short || nobody || sending.isPending) return;
    sending.mutate({ act, body: bodyOf(act, draft) }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`approvals.ask.${act}`, { number: request.number })}
      description={t(`approvals.ask.${act}.text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant={act === 'reject' || act === 'cancel' ? 'danger' : 'primary'} busy={sending.isPending} onClick={go}>
            {t(`approvals.act.${act}`)}
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
        <div className="rounded-md border border-line bg-sunken px-3 py-2">
          <p className="font-medium">{request.summary}</p>
          <p className="text-xs text-ink-2">{planCounts(request.plan)}</p>
        </div>
        {act === 'delegate' && <Delegate value={draft.to} onChange={(to) => set({ to })} error={faults.to} />}
        {(act === 'approve' || act === 'reject') && request.standsFor.length > 0 && (
          <InPlaceOf request={request} value={draft.inPlaceOf} onChange={(inPlaceOf) => set({ inPlaceOf })} />
        )}
        {act !== 'escalate' && act !== 'cancel' && (
          <Reason act={act} value={draft.comment} error={faults.comment} onChange={(comment) => set({ comment })} onSend={go} />
        )}
        {faults.other !== null && <ProblemView error={faults.other} />}
      </form>
    </Dialog>
  );
}
