import { useQuery } from '@tanstack/react-query';
import { Plus, RadioTower } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { number } from '#lib/formats.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { CreateStream, DeleteStream, PauseStream, RotateSecret, StreamSecret, TestStream } from './stream-dialogs.tsx';
import type { AuditStream, FreshStream } from './streams-api.ts';

/** How far it has come, in words. */
function Progress({ stream }: { stream: AuditStream }) {
  const { cursor, head, sent, gone, sentAt } = stream;
  return (
    <span className="block text-xs text-ink-2">
      {[
        head > cursor ? t('audit.streams.behind', { count: number(head - cursor) }) : t('audit.streams.current'),
        t('audit.streams.sent', { count: number(sent) }),
        ...(gone > 0 ? [t('audit.streams.gone', { count: number(gone) })] : []),
      ].join(' · ')}
      {sentAt && (
        <>
          {' · '}
          {t('audit.streams.last')} <Time at={sentAt} />
        </>
      )}
    </span>
  );
}

type Act = 'test' | 'pause' | 'rotate' | 'delete';

function StreamRow({ stream, act }: { stream: AuditStream; act: (what: Act) => void }) {
  const blocked = useBlocked('audit:stream');
  const { name, kind, address, state, error, nextAt, entries } = stream;
  const button = (what: Act, text: string) => (
    <Button
      size="sm"
      variant={what === 'delete' ? 'danger-quiet' : 'secondary'}
      blocked={blocked}
      onClick={() => act(what)}
      aria-label={t('audit.streams.of', { act: text, name })}
    >
      {text}
    </Button>
  );
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_18rem]">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          {error !== null && state !== 'paused' ? <Badge tone="bad">{t('audit.streams.failing')}</Badge> : <State value={state} of="resource" />}
        </span>
        <span className="block font-mono text-xs break-all">{address}</span>
        <Progress stream={stream} />
        {entries === 'evidence' && <span className="block text-xs text-ink-2">{t('audit.streams.entries.evidence')}</span>}
        {error && <span className="mt-1 block text-xs break-words text-bad">{error}</span>}
        {error && nextAt && (
          <span className="block text-xs text-ink-2">
            {t('audit.streams.next')} <Time at={nextAt} />
          </span>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {button('test', t('audit.streams.test'))}
        {button('pause', t(state === 'paused' ? 'audit.streams.resume' : 'audit.streams.pause'))}
        {kind === 'webhook' && button('rotate', t('audit.streams.rotate'))}
        {button('delete', t('audit.streams.delete'))}
      </div>
    </li>
  );
}

/** Where the trail is sent besides being kept here, and how far each receiver has it. */
export function StreamsPage() {
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<FreshStream>();
  const [acting, setActing] = useState<{ what: Act; stream: AuditStream }>();
  const blocked = useBlocked('audit:stream');
  const streams = useQuery({
    queryKey: ['/audit/streams'],
    queryFn: ({ signal }) => request<{ items: AuditStream[] }>('GET', '/audit/streams', { signal }),
    // How far they have come changes without anybody's doing.
    refetchInterval: 5_000,
  });
  const create = (
    <Button variant="primary" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setCreating(true)}>
      {t('audit.streams.create')}
    </Button>
  );
  const close = () => setActing(undefined);
  return (
    <PageFrame title={t('audit.streams.title')} facts={t('audit.streams.lead')} width="reading" actions={create}>
      <Loaded query={streams} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={RadioTower} title={t('audit.streams.empty')}>
              {t('audit.streams.empty.text')}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line rounded-lg border border-line bg-surface" aria-label={t('audit.streams.title')}>
              {items.map((stream) => (
                <StreamRow key={stream.id} stream={stream} act={(what) => setActing({ what, stream })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {creating && <CreateStream onClose={() => setCreating(false)} onMade={(fresh) => setMade(fresh.secret === null ? undefined : fresh)} />}
      {made && <StreamSecret stream={made} onClose={() => setMade(undefined)} />}
      {acting?.what === 'test' && <TestStream stream={acting.stream} onClose={close} />}
      {acting?.what === 'pause' && <PauseStream stream={acting.stream} onClose={close} />}
      {acting?.what === 'rotate' && <RotateSecret stream={acting.stream} onClose={close} onMade={setMade} />}
      {acting?.what === 'delete' && <DeleteStream stream={acting.stream} onClose={close} />}
    </PageFrame>
  );
}
