import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, Check, CircleDashed, CircleX, Hourglass } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { make } from '#features/review/call.ts';
import { WhyField } from '#features/review/why-field.tsx';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Environment } from '#ui/environment.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Progress } from '#ui/progress.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { blockedReason, callOf } from './actions.ts';
import { bulkCounts, runEach, type BulkState } from './bulk.ts';
import type { Server } from './types.ts';

const marks = {
  waiting: <CircleDashed aria-hidden className="size-4 text-ink-3" />,
  running: <Spinner className="size-4 text-accent" />,
  done: <Check aria-hidden className="size-4 text-good" />,
  accepted: <Hourglass aria-hidden className="size-4 text-accent" />,
  failed: <CircleX aria-hidden className="size-4 text-bad" />,
  skipped: <Ban aria-hidden className="size-4 text-ink-3" />,
};

function Result({ state }: { state: BulkState }) {
  if (state.status === 'failed') {
    const { body, slug } = toProblem(state.error);
    return (
      <span className="text-bad">
        {body.title}: {body.detail} <code className="text-ink-3">{slug}</code>
      </span>
    );
  }
  if (state.status === 'skipped') return <span className="text-ink-3">{state.reason}</span>;
  if ((state.status === 'accepted' || state.status === 'done') && state.number)
    return (
      <span className="text-ink-2">
        <Link to="/changes/$id" params={{ id: state.number }} className="font-mono text-xs text-accent hover:underline">
          {state.number}
        </Link>{' '}
        {t(state.status === 'done' ? 'bulk.done' : state.approval ? 'bulk.approval' : 'bulk.accepted')}
      </span>
    );
  return <span className="text-ink-3">{t(`bulk.${state.status}`)}</span>;
}

const Row = ({ server, state }: { server: Server; state: BulkState }) => (
  <li className="flex items-start gap-2.5 px-3 py-2">
    <span className="mt-0.5">{marks[state.status]}</span>
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-1.5 font-medium">
        {server.name} {server.environment && <Environment name={server.environment} />}
      </p>
      <p className="text-xs [overflow-wrap:anywhere]">
        <Result state={state} />
      </p>
    </div>
  </li>
);

interface FootProps {
  count: number;
  phase: 'ask' | 'running' | 'ended';
  ready: boolean;
  onGo: () => void;
  onStop: () => void;
  onClose: () => void;
}
const Foot = ({ count, phase, ready, onGo, onStop, onClose }: FootProps) =>
  phase === 'ask' ? (
    <>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button variant="danger" disabled={!ready} onClick={onGo}>
        {t('bulk.go.delete', { count })}
      </Button>
    </>
  ) : (
    <>
      {phase === 'running' && <Button onClick={onStop}>{t('bulk.stop')}</Button>}
      <Button variant="primary" busy={phase === 'running'} onClick={onClose}>
        {t('action.close')}
      </Button>
    </>
  );

/** One call for each server that is to go, so that each has its own permission, plan, approval and Change; and what became of each. */
export function BulkDeleteDialog({ servers, onClose }: { servers: readonly Server[]; onClose: () => void }) {
  const client = useQueryClient();
  const { permissions } = useMe();
  const [states, setStates] = useState<ReadonlyMap<string, BulkState>>(() => {
    const begin = (server: Server): BulkState => {
      const reason = blockedReason('delete', server, permissions);
      return reason ? { status: 'skipped', reason } : { status: 'waiting' };
    };
    return new Map(servers.map((server) => [server.id, begin(server)]));
  });
  const [phase, setPhase] = useState<FootProps['phase']>('ask');
  const [comment, setComment] = useState('');
  const [typed, setTyped] = useState('');
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const able = servers.filter(({ id }) => states.get(id)?.status !== 'skipped');
  const counts = bulkCounts(states.values());
  const word = t('bulk.typed', { count: able.length });
  const ready = able.length > 0 && typed === word;
  const go = () => {
    if (!ready || phase !== 'ask') return;
    setPhase('running');
    stop.current = new AbortController();
    const byId = new Map(servers.map((server) => [server.id, server]));
    const act = (id: string) => make(callOf('delete', byId.get(id)!), comment.trim() ? { comment: comment.trim() } : {});
    const tell = (id: string, state: BulkState) => setStates((now) => new Map(now).set(id, state));
    void runEach(
      able.map(({ id }) => id),
      act,
      tell,
      stop.current.signal,
    ).then(() => {
      setPhase('ended');
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === '/servers' || queryKey[0] === '/changes' });
    });
  };
  const ended = counts.done + counts.accepted + counts.failed;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && phase !== 'running' && onClose()}
      title={t('bulk.title.delete', { count: servers.length })}
      description={t('bulk.lead')}
      footer={<Foot count={able.length} phase={phase} ready={ready} onGo={go} onStop={() => stop.current.abort()} onClose={onClose} />}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        {phase !== 'ask' && (
          <div className="flex flex-col gap-1.5">
            <Progress
              value={able.length === 0 ? 100 : (100 * ended) / able.length}
              label={t('bulk.progress')}
              tone={counts.failed > 0 ? 'warn' : 'good'}
            />
            <p role="status" className="text-xs text-ink-2">
              {t('bulk.summary', { ended, all: able.length, accepted: counts.accepted, failed: counts.failed })}
            </p>
          </div>
        )}
        <ul aria-label={t('table.selection')} className="divide-y divide-line rounded-md border border-line bg-surface">
          {servers.map((server) => (
            <Row key={server.id} server={server} state={states.get(server.id)!} />
          ))}
        </ul>
        {phase === 'ask' && able.length > 0 && (
          <>
            <Field label={t('confirm.type', { name: word })}>
              {(control) => (
                <Input {...control} mono autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
              )}
            </Field>
            <WhyField value={comment} onChange={setComment} onSubmit={go} />
          </>
        )}
      </form>
    </Dialog>
  );
}
