import { useQuery } from '@tanstack/react-query';
import { ShieldCheck, ShieldX } from 'lucide-react';
import { useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Page } from '#lib/types.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';

interface Anchor {
  seq: number;
  at: string;
}
export interface Verified {
  ok: boolean;
  from: number;
  to: number;
  checked: number;
  expired: number;
  anchors: number;
  lastAnchor: Anchor | null;
  head: number;
  waiting: number;
  next: number | null;
  fault: { kind: string; seq: number | null; entryId: string | null; text: string } | null;
}

/** Two stretches of one chain that follow each other. */
export const joined = (before: Verified | undefined, after: Verified): Verified =>
  before === undefined
    ? after
    : {
        ...after,
        from: before.from,
        checked: before.checked + after.checked,
        expired: before.expired + after.expired,
        anchors: before.anchors + after.anchors,
        lastAnchor: after.lastAnchor ?? before.lastAnchor,
      };

/** Proves the chain stretch by stretch, so that its length does not matter. */
function useVerification() {
  const [found, setFound] = useState<Verified>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);
  const go = async (): Promise<void> => {
    stopped.current = false;
    setBusy(true);
    setError(null);
    setFound(undefined);
    let all: Verified | undefined;
    try {
      for (let fromSeq: number | null = 1; fromSeq !== null && !stopped.current; fromSeq = all.next) {
        all = joined(all, await request<Verified>('POST', '/audit/verify', { body: { fromSeq, most: 20_000 } }));
        setFound(all);
      }
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  return { found, error, busy, go, stop: () => void (stopped.current = true) };
}

const Verdict = ({ found }: { found: Verified }) => (
  <p className="flex items-start gap-2" role="status">
    {found.ok ? <ShieldCheck aria-hidden className="mt-0.5 size-4 text-good" /> : <ShieldX aria-hidden className="mt-0.5 size-4 text-bad" />}
    <span>{found.ok ? t('audit.chain.holds', { count: found.checked }) : (found.fault?.text ?? '')}</span>
  </p>
);

function ChainDialog({ anchor, onClose }: { anchor: Anchor | undefined; onClose: () => void }) {
  const { found, error, busy, go, stop } = useVerification();
  const close = () => (stop(), onClose());
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('audit.chain')}
      description={t('audit.chain.text')}
      footer={
        <Button variant="primary" busy={busy} onClick={() => void go()}>
          {t('audit.chain.verify')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <ProblemView error={error} retry={() => void go()} />}
        {found && busy && <Progress label={t('audit.chain.verify')} value={found.head === 0 ? 100 : (found.to / found.head) * 100} />}
        {found && (!busy || !found.ok) && <Verdict found={found} />}
        <KeyValues
          rows={[
            [t('audit.chain.anchor'), anchor ? <Time key="at" at={anchor.at} /> : t('audit.chain.none')],
            ...(found
              ? ([
                  [t('audit.chain.links'), `${number(found.from)} – ${number(found.to)}`],
                  [t('audit.chain.expired'), number(found.expired)],
                  [t('audit.chain.anchors'), number(found.anchors)],
                  [t('audit.chain.waiting'), number(found.waiting)],
                ] as [string, string][])
              : []),
          ]}
        />
      </div>
    </Dialog>
  );
}

/** How the chain stands, and the way to prove it. */
export function ChainButton() {
  const [open, setOpen] = useState(false);
  const mayVerify = useCan('audit:verify');
  const { data } = useQuery({
    queryKey: ['/audit/anchors', 'last'],
    queryFn: ({ signal }) => request<Page<Anchor>>('GET', '/audit/anchors', { query: { limit: 1 }, signal }),
  });
  return (
    <>
      <Button
        icon={<ShieldCheck aria-hidden className="size-3.5" />}
        onClick={() => setOpen(true)}
        {...(mayVerify ? {} : { blocked: t('server.blocked.permission', { permission: 'audit:verify' }) })}
      >
        {t('audit.chain')}
      </Button>
      {open && <ChainDialog anchor={data?.items[0]} onClose={() => setOpen(false)} />}
    </>
  );
}
