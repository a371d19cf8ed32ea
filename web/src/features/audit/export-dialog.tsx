import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { request, urlOf, type Query } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Progress } from '#ui/progress.tsx';
import { Select } from '#ui/select.tsx';

interface Export {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  filename: string;
  rows: number;
  bytes: number;
  percent: number;
  sha256: string | null;
  problem: string | null;
}
const FORMATS = ['csv', 'json', 'ndjson', 'evidence'] as const;
type Format = (typeof FORMATS)[number];
const ends = ({ state }: Export): boolean => state === 'done' || state === 'failed';

/** Follows one export until it has ended. */
const useExport = (id: string | undefined) =>
  useQuery({
    queryKey: ['/audit/exports', id],
    queryFn: ({ signal }) => request<Export>('GET', `/audit/exports/${id}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (data && ends(data) ? false : 700),
  });

function Following({ found }: { found: Export }) {
  if (found.state === 'failed') return <p role="alert">{found.problem}</p>;
  return (
    <div className="flex flex-col gap-3">
      <Progress label={t('audit.export')} value={found.percent} tone={found.state === 'done' ? 'good' : 'accent'} />
      <p role="status">{found.state === 'done' ? t('audit.export.done', { count: found.rows }) : t('audit.export.running', { count: found.rows })}</p>
      {found.sha256 && (
        <KeyValues
          rows={[
            [t('audit.export.file'), found.filename],
            [t('audit.export.bytes'), number(found.bytes)],
            ['SHA-256', <code key="sha" className="text-xs [overflow-wrap:anywhere]">{found.sha256}</code>],
          ]}
        />
      )}
    </div>
  );
} // prettier-ignore

/** A file of any size, written by a worker: choose its form, see it grow, fetch it. */
export function ExportDialog({ query, onClose }: { query: Query; onClose: () => void }) {
  const [format, setFormat] = useState<Format>('csv');
  const [id, setId] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const { data } = useExport(id);
  const begin = () => {
    setError(null);
    // The chain is exported whole: a part of its links proves nothing.
    const filters = format === 'evidence' ? { from: query['from'], to: query['to'] } : query;
    const body = { ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)), format };
    request<Export>('POST', '/audit/exports', { body }).then(({ id: made }) => setId(made), setError);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('audit.export.title')}
      description={t('audit.export.text')}
      footer={
        data?.state === 'done' ? (
          <Button variant="primary" asChild>
            <a href={urlOf(`/audit/exports/${data.id}/file`)} download>
              <Download aria-hidden className="size-3.5" />
              {t('audit.export.fetch')}
            </a>
          </Button>
        ) : (
          <Button variant="primary" busy={id !== undefined && data?.state !== 'failed'} onClick={begin}>
            {t('audit.export')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <ProblemView error={toProblem(error)} retry={begin} />}
        {data ? (
          <Following found={data} />
        ) : (
          <Field label={t('audit.export.format')} help={t(`audit.export.help.${format}`)}>
            {(control) => (
              <Select
                {...control}
                value={format}
                onChange={setFormat}
                choices={FORMATS.map((value) => ({ value, label: t(`audit.export.as.${value}`) }))}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}
