import { Link } from '@tanstack/react-router';
import { CircleHelp, CirclePause, Hourglass, RotateCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { hasText, t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Time } from '#ui/time.tsx';
import { RequestDialog } from './agent/request-dialog.tsx';
import { FormDialog } from './approval/form-dialog.tsx';
import { InputDialog } from './input-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { isEnded, type Execution, type NodeRecord } from './types.ts';

const TONES = { warn: 'border-warn/35 bg-warn-wash', quiet: 'border-line bg-surface' } as const;
const Notice = ({ tone, icon, action, children }: { tone: keyof typeof TONES; icon: ReactNode; action?: ReactNode; children: ReactNode }) => (
  <div className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-4 py-2.5 ${TONES[tone]}`}>
    <span className="flex min-w-0 flex-1 basis-60 items-start gap-2">
      {icon}
      <span className="min-w-0">{children}</span>
    </span>
    {action}
  </div>
);
const kindText = (kind = 'pause'): string => {
  const key = `executions.wait.${kind}`;
  return hasText(key) ? t(key) : kind;
};

type Act = 'input' | 'resolve' | 'agent' | 'form';
type OnAct = (act: Act, record: NodeRecord) => void;
/** Operation behind what an agent asks people. */
const AGENT_ASKS = 'agentRequests.ask';
const changeOf = ({ changes }: Execution, { changeId, waiting }: NodeRecord) => changes.find(({ id }) => id === (waiting?.changeId ?? changeId));
const isInDoubt = ({ status, waiting }: NodeRecord): boolean => status === 'in_doubt' || waiting?.kind === 'in_doubt';

interface ActProps {
  record: NodeRecord;
  onAct: OnAct;
}

/** What there is to do about a Change that it waits for. */
function OfChange({ change, record, onAct }: ActProps & { change: Execution['changes'][number] }) {
  const asks = change.state === 'awaiting_approval';
  if (asks && change.operation === AGENT_ASKS)
    return (
      <Button size="sm" variant="primary" onClick={() => onAct('agent', record)}>
        {t('agent.decide.open')}
      </Button>
    );
  const hasForm = asks && record.waiting?.form != null;
  return (
    <span className="flex flex-wrap gap-2">
      <Button asChild size="sm" variant={asks && !hasForm ? 'primary' : 'secondary'}>
        <Link to="/changes/$id" params={{ id: change.number }}>
          {t(asks ? 'executions.wait.approve' : 'executions.wait.look', { number: change.number })}
        </Link>
      </Button>
      {hasForm && (
        <Button size="sm" variant="primary" onClick={() => onAct('form', record)}>
          {t('executions.form.open')}
        </Button>
      )}
    </span>
  );
}

/** The act that ends a wait, where there is one. */
function Ending({ execution, record, onAct }: ActProps & { execution: Execution }) {
  const change = changeOf(execution, record);
  if (isInDoubt(record))
    return (
      <Button size="sm" variant="primary" onClick={() => onAct('resolve', record)}>
        {t('executions.resolve')}
      </Button>
    );
  if (change) return <OfChange change={change} record={record} onAct={onAct} />;
  if (record.waiting?.kind !== 'input') return null;
  return (
    <Button size="sm" variant="primary" onClick={() => onAct('input', record)}>
      {t('executions.answer')}
    </Button>
  );
}

/** What it waits for: what an agent wants to do, what a person is asked, or the kind of wait. */
function textOf(execution: Execution, record: NodeRecord): string {
  const change = changeOf(execution, record);
  if (change?.operation === AGENT_ASKS) return change.summary;
  return record.waiting?.title ?? kindText(isInDoubt(record) ? 'in_doubt' : record.waiting?.kind);
}

/** What one node waits for, with what ends it. */
function One({ execution, record, name, onAct }: { execution: Execution; record: NodeRecord; name: string; onAct: OnAct }) {
  const { waiting, path } = record;
  const inDoubt = isInDoubt(record);
  const person = inDoubt || record.status === 'paused' || waiting?.kind === 'input';
  const Icon = inDoubt ? CircleHelp : person ? CirclePause : Hourglass;
  return (
    <Notice
      tone={person ? 'warn' : 'quiet'}
      icon={<Icon aria-hidden className={person ? 'mt-0.5 size-4 shrink-0 text-warn' : 'mt-0.5 size-4 shrink-0 text-ink-3'} />}
      action={<Ending execution={execution} record={record} onAct={onAct} />}
    >
      <span className="font-medium">{path ? `${name} [${path}]` : name}</span>: {textOf(execution, record)}
      {waiting?.dueAt && (
        <span className="text-ink-2">
          {' '}
          · {t('executions.wait.until')} <Time at={waiting.dueAt} />
        </span>
      )}
    </Notice>
  );
}

interface Acting {
  act: Act;
  record: NodeRecord;
}
/** The dialog of what somebody is about to do. */
function ActDialog({ execution, acting: { act, record }, onClose }: { execution: Execution; acting: Acting; onClose: () => void }) {
  const { id } = execution;
  if (act === 'resolve') return <ResolveDialog executionId={id} record={record} onClose={onClose} />;
  if (act === 'input') return <InputDialog executionId={id} record={record} onClose={onClose} />;
  const change = changeOf(execution, record);
  if (!change) return null;
  const Asked = act === 'form' ? FormDialog : RequestDialog;
  return <Asked executionId={id} changeId={change.id} onClose={onClose} />;
}

interface WaitingNoticesProps {
  execution: Execution;
  records: readonly NodeRecord[];
  names: ReadonlyMap<string, string>;
}
/** Why it does not go on, and what ends that. */
export function WaitingNotices({ execution, records, names }: WaitingNoticesProps) {
  const [acting, setActing] = useState<Acting | null>(null);
  const waiting = isEnded(execution.status) ? [] : records.filter(({ status }) => ['waiting', 'paused', 'in_doubt'].includes(status));
  const held = execution.status === 'paused' && waiting.every(({ status }) => status === 'waiting');
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {held && (
        <Notice tone="warn" icon={<CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />}>
          {execution.waiting ?? t('executions.wait.pause')}
        </Notice>
      )}
      {execution.status === 'waiting' && execution.nextAttemptAt && (
        <Notice tone="warn" icon={<RotateCw aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />}>
          {t('executions.again', { attempt: execution.attempt ?? 2 })}{' '}
          <span className="text-ink-2">
            {t('executions.wait.until')} <Time at={execution.nextAttemptAt} />
          </span>
        </Notice>
      )}
      {waiting.map((record) => (
        <One
          key={record.id}
          execution={execution}
          record={record}
          name={names.get(record.nodeId) ?? record.key}
          onAct={(act, one) => setActing({ act, record: one })}
        />
      ))}
      {acting && <ActDialog execution={execution} acting={acting} onClose={() => setActing(null)} />}
    </div>
  );
}
