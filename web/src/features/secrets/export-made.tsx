import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { changeQuery, isTerminal } from '#features/changes/api.ts';
import type { Answer } from '#lib/answers.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';

export type Made = Extract<Answer<'secrets.export'>, { sha256: string }>;

/** The file is there: its link works one time, for five minutes. */
export function ExportMade({ made, onClose }: { made: Made; onClose: () => void }) {
  const [fetched, setFetched] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('secrets.export.made')}
      description={t('secrets.export.once')}
      footer={
        fetched ? (
          <Button variant="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
        ) : (
          <Button asChild variant="primary">
            <a href={made.path} download={made.filename} onClick={() => setFetched(true)}>
              <Download aria-hidden className="size-3.5" />
              {t('secrets.export.fetch')}
            </a>
          </Button>
        )
      }
    >
      <KeyValues
        rows={[
          [t('audit.export.file'), made.filename],
          [t('secrets.export.count'), number(made.count)],
          [t('secrets.export.until'), <Time key="until" at={made.expiresAt} />],
          ['SHA-256', <code key="sha" className="text-xs">{made.sha256}</code>],
        ]}
      />
      {fetched && <p role="status" className="mt-3 text-ink-2">{t('secrets.export.fetched')}</p>}
    </Dialog>
  );
} // prettier-ignore

const EVERY_MS = 2_000;

/** Somebody has to agree first; then the file is there for whoever asked for it. */
export function ExportWaits({ change, onClose }: { change: string; onClose: () => void }) {
  const { data } = useQuery({
    ...changeQuery(change),
    refetchInterval: ({ state: { data: found } }) => (found && isTerminal(found.state) ? false : EVERY_MS),
  });
  if (data?.state === 'succeeded') return <ExportMade made={data.outcome as unknown as Made} onClose={onClose} />;
  const hasEnded = data !== undefined && isTerminal(data.state);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('secrets.export.waits', { number: change })}
      description={hasEnded ? t('secrets.export.ended', { number: change }) : t('secrets.export.waits.text', { number: change })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button asChild>
            <Link to="/changes/$id" params={{ id: change }}>
              {t('run.open', { number: change })}
            </Link>
          </Button>
        </>
      }
    >
      {data && (
        <p role="status">
          <State value={data.state} />
        </p>
      )}
    </Dialog>
  );
}
