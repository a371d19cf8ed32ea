import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { urlOf } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Problem } from '#lib/problem.ts';
import type { ProblemBody } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { saveFile } from '#ui/data-table/csv.ts';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { Zone } from './types.ts';

const FORMATS = { bind: { suffix: 'zone', type: 'text/dns;charset=utf-8' }, json: { suffix: 'json', type: 'application/json' } } as const;
type Format = keyof typeof FORMATS;

/** A file as text: the answer is the file itself and not JSON, so `request` cannot read it. */
async function fileText(path: string, query: Record<string, string>, signal: AbortSignal): Promise<string> {
  const response = await fetch(urlOf(path, query), { credentials: 'same-origin', headers: { 'x-requested-with': 'switchyard' }, signal });
  if (response.ok) return response.text();
  const body = (await response.json().catch(() => null)) as ProblemBody | null;
  throw new Problem(body ?? { type: `http-${response.status}`, title: `HTTP ${response.status}`, status: response.status });
}

const Text = ({ zone, format }: { zone: Zone; format: Format }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['/dns/zones', 'export', zone.id, format, zone.revision],
    queryFn: ({ signal }) => fileText(`/dns/zones/${zone.id}/export`, { format }, signal),
  });
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonText lines={8} />;
  const { suffix, type } = FORMATS[format];
  return (
    <div className="flex flex-col gap-3">
      <CodeBlock label={t('zone.export.title', { zone: zone.unicodeName })} code={data} />
      <Button
        className="self-start"
        icon={<Download aria-hidden className="size-3.5" />}
        onClick={() => saveFile(`${zone.name}.${suffix}`, data, type)}
      >
        {t('zone.export.download')}
      </Button>
    </div>
  );
};

/** The zone as a file: to look at, to copy, to take along. */
export function ExportDialog({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const [format, setFormat] = useState<Format>('bind');
  return (
    <Dialog
      open
      width="xl"
      onOpenChange={(open) => !open && onClose()}
      title={t('zone.export.title', { zone: zone.unicodeName })}
      description={t('zone.export.lead')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('action.close')}
        </Button>
      }
    >
      <Tabs
        label={t('zone.export.format')}
        value={format}
        onChange={setFormat}
        tabs={(Object.keys(FORMATS) as Format[]).map((value) => ({
          value,
          label: t(`zone.export.${value}`),
          content: <Text zone={zone} format={value} />,
        }))}
      />
    </Dialog>
  );
}
