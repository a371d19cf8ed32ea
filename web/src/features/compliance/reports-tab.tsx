import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { urlOf } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { kindsQuery, reportsQuery } from './api.ts';
import { GenerateForm } from './generate-form.tsx';
import { Schedules } from './schedules.tsx';
import type { Report } from './types.ts';

const period = ({ from, to }: Report): string => `${from.slice(0, 10)} – ${new Date(Date.parse(to) - 1).toISOString().slice(0, 10)}`;

const Item = ({ report, title }: { report: Report; title: string }) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
    <div className="min-w-0 flex-[1_1_18rem]">
      <p className="font-medium">
        {title} <span className="font-normal text-ink-2">{period(report)}</span>
      </p>
      <p className="text-xs text-ink-3">
        {report.requestedBy.name}, <Time at={report.createdAt} /> · {report.format.toUpperCase()} ·{' '}
        {report.state === 'done' ? t('compliance.report.rows', { count: report.rows }) : t(`compliance.report.state.${report.state}`)}
      </p>
      {report.problem && (
        <p role="alert" className="text-xs text-bad">
          {report.problem}
        </p>
      )}
      {report.sha256 && <p className="font-mono text-2xs [overflow-wrap:anywhere] text-ink-3">SHA-256 {report.sha256}</p>}
    </div>
    {report.state === 'done' && (
      <Button asChild size="sm" variant="ghost">
        <a href={urlOf(`/reports/${report.id}`)} download="manifest.json" aria-label={`${t('compliance.report.manifest')} ${report.filename}`}>
          {t('compliance.report.manifest')}
        </a>
      </Button>
    )}
    {report.state === 'done' && (
      <Button asChild size="sm">
        <a href={urlOf(`/reports/${report.id}/file`)} download aria-label={`${t('audit.export.fetch')} ${report.filename}`}>
          <Download aria-hidden className="size-3.5" />
          {t('audit.export.fetch')}
        </a>
      </Button>
    )}
  </li>
);

/** Makes reports, keeps those that were made, and says how to check one. */
export function ReportsTab() {
  const { data: reports, error, refetch } = useQuery(reportsQuery);
  const { data: kinds = [] } = useQuery(kindsQuery);
  const titleOf = (key: string): string => kinds.find((kind) => kind.key === key)?.title ?? key;
  return (
    <div className="flex flex-col gap-4">
      <GenerateForm />
      <Schedules />
      <Card flush title={t('compliance.report.earlier')} aside={reports && number(reports.length)}>
        {error ? (
          <div className="p-4">
            <ProblemView error={error} retry={() => void refetch()} />
          </div>
        ) : !reports ? (
          <div className="p-4">
            <SkeletonText lines={4} />
          </div>
        ) : reports.length === 0 ? (
          <p className="px-4 py-6 text-center text-ink-2">{t('compliance.report.none')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {reports.map((report) => (
              <Item key={report.id} report={report} title={titleOf(report.kind)} />
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('compliance.report.verify')}>
        <p className="mb-3 text-ink-2">{t('compliance.report.verify.text')}</p>
        <CodeBlock
          wrap
          label={t('compliance.report.verify')}
          code={`sha256sum report.csv\nnode scripts/verify-report.mjs report.csv manifest.json --keys keys.json`}
        />
      </Card>
    </div>
  );
}
