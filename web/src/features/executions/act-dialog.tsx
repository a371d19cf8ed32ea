import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { TOUCHED } from './api.ts';
import { lastTries } from './overlay.ts';
import type { Begun, Execution } from './types.ts';

interface ActProps {
  execution: Execution;
  onClose: () => void;
}

function Cancel({ execution, onClose }: ActProps) {
  const tell = useTell();
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  const sending = useSubmit<unknown>(TOUCHED);
  const send = (): void =>
    sending.submit({ call: { method: 'POST', path: `/executions/${execution.id}/cancel`, body: { reason: reason.trim(), force } }, comment: '' }, (outcome) => {
      tell(outcome, t('executions.cancel.done'));
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('executions.cancel')}
      description={t('executions.cancel.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('executions.cancel.not')}</Button>
          <Button variant="danger" busy={sending.isPending} onClick={send}>
            {t('executions.cancel')}
          </Button>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('executions.cancel.reason')} required={false}>
          {(control) => <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <Field label={t('executions.cancel.force')} help={t('executions.cancel.force.help')} inline>
          {(control) => <Checkbox {...control} checked={force} onCheckedChange={(on) => setForce(on === true)} />}
        </Field>
        {sending.error && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
} // prettier-ignore

type Which = 'same' | 'active';
const FAILED = '\u0000';

/** Runs it again in a new execution, from where it failed or from a node that is chosen; what was done before stands. */
function Retry({ execution, from, onClose }: ActProps & { from?: string | undefined }) {
  const navigate = useNavigate();
  const tell = useTell();
  const [node, setNode] = useState(from ?? FAILED);
  const [version, setVersion] = useState<Which>('same');
  const [reuse, setReuse] = useState(true);
  const sending = useSubmit<Begun>(TOUCHED);
  const failed = execution.nodes.find(({ status }) => status === 'failed')?.key;
  const addresses = lastTries(execution.nodes).filter(({ status }) => status !== 'skipped').map(({ key, path }) => (path ? `${key}@${path}` : key));
  const choices = [
    { value: FAILED, label: failed ? t('executions.retry.failed', { node: failed }) : t('executions.retry.first') },
    ...[...new Set(addresses)].map((value) => ({ value, label: value })),
  ];
  const send = (): void => {
    const body = { version, reuse, ...(reuse && node !== FAILED ? { fromNode: [node] } : {}) };
    sending.submit({ call: { method: 'POST', path: `/executions/${execution.id}/retry`, body }, comment: '' }, (outcome) => {
      if (outcome.status === 'done') void navigate({ to: '/executions/$id', params: { id: outcome.output.execution.id } });
      else tell(outcome, '');
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('executions.retry.of')}
      description={t('executions.retry.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={sending.isPending} onClick={send}>
            {t('executions.retry')}
          </Button>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('executions.retry.reuse')} help={t('executions.retry.reuse.help')} inline>
          {(control) => <Checkbox {...control} checked={reuse} onCheckedChange={(on) => setReuse(on === true)} />}
        </Field>
        {reuse && (
          <Field label={t('executions.retry.from')}>{(control) => <Select {...control} value={node} choices={choices} onChange={setNode} />}</Field>
        )}
        <ChoiceList<Which>
          label={t('executions.column.version')}
          value={version}
          onChange={setVersion}
          choices={[
            { value: 'same', label: t('executions.retry.same'), help: t('executions.retry.same.help') },
            { value: 'active', label: t('executions.retry.active'), help: t('executions.retry.active.help') },
          ]}
        />
        {sending.error && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
} // prettier-ignore

function Simple({ execution, act, onClose }: ActProps & { act: 'pause' | 'resume' }) {
  const tell = useTell();
  const sending = useSubmit<unknown>(TOUCHED);
  const send = (): void =>
    sending.submit({ call: { method: 'POST', path: `/executions/${execution.id}/${act}`, body: {} }, comment: '' }, (outcome) => {
      tell(outcome, t(`executions.${act}.done`));
      onClose();
    });
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t(`executions.${act}`)}
      description={t(`executions.${act}.text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={sending.isPending} onClick={send}>
            {t(`executions.${act}`)}
          </Button>
        </>
      }
    >
      {sending.error && <ProblemView error={sending.error} />}
    </Dialog>
  );
}

/** Undoes its Changes in reverse order; each undo is a Change itself. */
function Rollback({ execution, onClose }: ActProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('executions.rollback.of')}
      description={t('executions.rollback.text')}
      call={{ method: 'POST', path: `/executions/${execution.id}/rollback`, body: {} }}
      action={t('executions.rollback')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('executions.rollback.begun'))}
    />
  );
}

export type Acting = { act: 'cancel' | 'pause' | 'resume' | 'retry' | 'rollback'; from?: string };
export function ActDialog({ execution, acting: { act, from }, onClose }: ActProps & { acting: Acting }) {
  const props = { execution, onClose };
  if (act === 'cancel') return <Cancel {...props} />;
  if (act === 'retry') return <Retry {...props} from={from} />;
  if (act === 'rollback') return <Rollback {...props} />;
  return <Simple {...props} act={act} />;
}
