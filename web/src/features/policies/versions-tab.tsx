import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows, Play, RotateCcw } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { diffQuery, versionsQuery } from './api.ts';
import { StatusBadge } from './look.tsx';
import type { SetSearch } from './search.ts';
import type { PolicySetDetail, Version } from './types.ts';

const Merge = lazy(() => import('./editor/merge.tsx').then((module) => ({ default: module.Merge })));

interface ComparisonProps {
  set: PolicySetDetail;
  before: number;
  after: number;
  numbers: readonly number[];
  onChoose: (pair: { before: number; after: number }) => void;
}
const labelOf = (number: number): string => t('policies.version.of', { number });

function Comparison({ set, before, after, numbers, onChoose }: ComparisonProps) {
  const { data, error, refetch } = useQuery(diffQuery(set.id, before, after));
  const choices = numbers.map((number) => ({ value: String(number), label: labelOf(number) }));
  return (
    <Card
      title={t('policies.diff')}
      aside={
        <>
          <span className="w-32">
            <Select
              size="sm"
              aria-label={t('policies.diff.before')}
              value={String(before)}
              onChange={(next) => onChoose({ before: Number(next), after })}
              choices={choices}
            />
          </span>
          <span className="w-32">
            <Select
              size="sm"
              aria-label={t('policies.diff.after')}
              value={String(after)}
              onChange={(next) => onChoose({ before, after: Number(next) })}
              choices={choices}
            />
          </span>
        </>
      }
    >
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={6} />
      ) : (
        <div className="flex flex-col gap-3">
          {data.differences.length === 0 ? (
            <p className="text-ink-2">{t('policies.diff.none')}</p>
          ) : (
            <ul aria-label={t('policies.diff.rules')} className="flex flex-col gap-1">
              {data.differences.map(({ kind, path, loosens }) => (
                <li key={`${kind} ${path}`} className="flex flex-wrap items-center gap-2">
                  <Badge tone={kind === 'added' ? 'good' : kind === 'removed' ? 'bad' : 'outline'}>{t(`policies.diff.${kind}`)}</Badge>
                  <code className="text-xs [overflow-wrap:anywhere]">{path}</code>
                  {loosens && <Badge tone="warn">{t('policies.diff.loosens')}</Badge>}
                </li>
              ))}
            </ul>
          )}
          <Suspense fallback={<SkeletonText lines={8} />}>
            <Merge before={{ label: labelOf(before), text: data.from.document }} after={{ label: labelOf(after), text: data.to.document }} />
          </Suspense>
        </div>
      )}
    </Card>
  );
}

interface RowProps {
  set: PolicySetDetail;
  version: Version;
  onActivate: (number: number) => void;
  onCompare: (number: number) => void;
}
function Row({ set, version, onActivate, onCompare }: RowProps) {
  const blocked = useBlocked('policies:activate');
  const isBack = set.activeVersion !== null && version.number < set.activeVersion;
  const Icon = isBack ? RotateCcw : Play;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{labelOf(version.number)}</span>
          <StatusBadge value={version.status} />
        </p>
        <p className="[overflow-wrap:anywhere]">{version.message}</p>
        <p className="text-xs text-ink-3">
          {version.author.name}, <Time at={version.createdAt} /> · <code title={version.hash}>{version.hash.slice(0, 12)}</code>
        </p>
      </div>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t('policies.diff.with', { version: version.number })}
        icon={<GitCompareArrows aria-hidden className="size-3.5" />}
        onClick={() => onCompare(version.number)}
      >
        {t('policies.diff.compare')}
      </Button>
      {version.status !== 'active' && (
        <Button
          size="sm"
          blocked={blocked}
          aria-label={t(isBack ? 'policies.rollback.to' : 'policies.activate.version', { version: version.number })}
          icon={<Icon aria-hidden className="size-3.5" />}
          onClick={() => onActivate(version.number)}
        >
          {t(isBack ? 'policies.rollback' : 'policies.activate')}
        </Button>
      )}
    </li>
  );
}

export interface VersionsTabProps {
  set: PolicySetDetail;
  search: SetSearch;
  show: (search: SetSearch) => void;
  onActivate: (number: number) => void;
}
/** Every version that was saved, what differs between two, and the way into force or back. */
export function VersionsTab({ set, search, show, onActivate }: VersionsTabProps) {
  const { data, error, refetch } = useQuery(versionsQuery(set.id));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={6} />;
  const compare = (pair: { before: number; after: number }) => show({ tab: 'versions', ...pair });
  const numbers = data.map(({ number }) => number);
  const other = (number: number): number =>
    set.activeVersion !== null && set.activeVersion !== number ? set.activeVersion : Math.max(1, number - 1);
  return (
    <div className="flex flex-col gap-4">
      <Card flush title={t('policies.versions')}>
        <ul className="divide-y divide-line">
          {data.map((version) => (
            <Row
              key={version.number}
              {...{ set, version, onActivate }}
              onCompare={(number) => compare({ before: Math.min(number, other(number)), after: Math.max(number, other(number)) })}
            />
          ))}
        </ul>
      </Card>
      {search.before !== undefined && search.after !== undefined && (
        <Comparison set={set} before={search.before} after={search.after} numbers={numbers} onChoose={compare} />
      )}
    </div>
  );
}
