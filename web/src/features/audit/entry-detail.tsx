import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { changeQuery } from '#features/changes/api.ts';
import { absoluteTime, duration, words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Problem } from '#lib/problem.ts';
import { useCan } from '#lib/session.ts';
import type { AuditEntry, Target } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Environment } from '#ui/environment.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { decisionQuery } from './api.ts';
import { changeOf } from './columns.tsx';
import { GateSteps } from './gate-steps.tsx';

const Id = ({ value }: { value: string }) => (
  <span className="flex min-w-0 items-center gap-1">
    <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{value}</code>
    <CopyButton text={value} />
  </span>
);
const TargetLine = ({ target: { type, id, name, environment } }: { target: Target }) => {
  const label = name ?? id;
  // What did not exist yet was named by its place instead of an id.
  const known = !id.includes('/');
  const link =
    known && type === 'server' ? (
      <Link to="/infrastructure/servers/$id" params={{ id }} className="text-accent hover:underline">
        {label}
      </Link>
    ) : known && type === 'dnsZone' ? (
      <Link to="/infrastructure/dns/$id" params={{ id }} className="text-accent hover:underline">
        {label}
      </Link>
    ) : (
      label
    );
  return (
    <li className="flex flex-wrap items-center gap-1.5">
      <span className="text-ink-3">{words(type)}</span> {link} {environment && <Environment name={environment} />}
    </li>
  );
};
/** The Change by number, with what it is and how it stands, for those who may see it. */
function ChangeLine({ id }: { id: string }) {
  const enabled = useCan('changes:read');
  const { data } = useQuery({ ...changeQuery(id), enabled, retry: false });
  return (
    <>
      <Link to="/changes/$id" params={{ id: data?.number ?? id }} className="font-mono text-xs text-accent hover:underline">
        {data?.number ?? id}
      </Link>
      {data && (
        <>
          {data.summary} <State variant="plain" value={data.state} />
        </>
      )}
    </>
  );
}
const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="min-w-0">
    <h2 className="mb-2 text-xs font-medium text-ink-3">{title}</h2>
    {children}
  </section>
);

/** How the decision came about. Only one's own is told in full; that of others is the entry itself. */
function Decision({ entry }: { entry: AuditEntry }) {
  const { data, error, isPending, refetch } = useQuery({ ...decisionQuery(entry.decisionId ?? ''), enabled: entry.decisionId !== null });
  if (entry.decisionId === null) return <p className="text-ink-2">{t('audit.decision.none')}</p>;
  if (isPending) return <SkeletonText lines={4} />;
  if (error instanceof Problem && (error.status === 404 || error.status === 403)) return <p className="text-ink-2">{t('audit.decision.others')}</p>;
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <GateSteps timings={data.timings} refusedAt={data.reason?.stage ?? null} />
      <KeyValues
        rows={[
          [
            t('audit.rules'),
            data.rules.length > 0 ? (
              <span className="flex flex-wrap gap-1">
                {data.rules.map((rule) => (
                  <Badge key={rule} tone="outline">
                    {rule}
                  </Badge>
                ))}
              </span>
            ) : (
              t('value.none')
            ),
          ],
          [t('audit.grant'), data.grantId ? <Id value={data.grantId} /> : t('value.none')],
          [t('audit.inputHash'), <Id key="hash" value={data.inputHash} />],
        ]}
      />
    </div>
  );
}

/** One entry in full: what, by whom, on what, and how the Gate decided. */
export function EntryDetail({ entry }: { entry: AuditEntry }) {
  const change = changeOf(entry);
  return (
    <div className="grid gap-x-10 gap-y-6 px-4 py-4 sm:px-6 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        {entry.reason && (
          <p className="border-s-2 border-bad ps-3">
            {entry.reason.text} <code className="text-xs text-ink-3">{entry.reason.code}</code>
          </p>
        )}
        <KeyValues
          rows={[
            [t('audit.column.at'), absoluteTime(entry.at)],
            [t('audit.column.actor'), entry.actor.email ? `${entry.actor.name} (${entry.actor.email})` : `${entry.actor.name} (${entry.actor.kind})`],
            [t('audit.permission'), entry.permission && <code className="text-xs">{entry.permission}</code>],
            [
              t('audit.column.targets'),
              entry.targets.length > 0 ? (
                <ul className="flex flex-col gap-0.5">
                  {entry.targets.map((target) => (
                    <TargetLine key={`${target.type} ${target.id}`} target={target} />
                  ))}
                </ul>
              ) : null,
            ],
            [t('audit.column.change'), change && <ChangeLine id={change} />],
            [t('change.detail.comment'), entry.comment],
            [t('audit.column.ip'), entry.ip && <code className="text-xs">{entry.ip}</code>],
            [t('change.detail.took'), duration(entry.durationMs / 1000)],
            [t('audit.column.request'), entry.requestId && <Id value={entry.requestId} />],
            [t('audit.decision'), entry.decisionId && <Id value={entry.decisionId} />],
          ]}
        />
      </div>
      <Part title={t('audit.decision.how')}>
        <Decision entry={entry} />
      </Part>
    </div>
  );
}
