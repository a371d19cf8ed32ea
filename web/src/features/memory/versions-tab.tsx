import { History } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import type { MemoryDetail, MemoryVersion } from './types.ts';

type Said = Pick<MemoryVersion, 'title' | 'content'>;
const FIELDS = ['title', 'content'] as const;
const changed = (before: Said, after: Said) =>
  FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    path: t(`memory.${field}`),
    before: before[field],
    after: after[field],
  }));

/** What it said before, and how it became what followed. */
const Version = ({ version, next, nextNumber }: { version: MemoryVersion; next: Said; nextNumber: number }) => (
  <Card
    flush
    title={t('memory.version.number', { number: version.number })}
    aside={
      <span>
        {version.createdByName}, <Time at={version.createdAt} />
      </span>
    }
  >
    {version.note && <p className="border-b border-line px-4 py-2 text-ink-2">{version.note}</p>}
    {version.content === null ? (
      <p className="px-4 py-3 text-ink-2">{t('memory.sealed')}</p>
    ) : (
      <DiffView
        changes={[
          {
            action: 'update',
            type: t('memory.version'),
            name: `${version.number} → ${nextNumber}`,
            fields: changed(version, next),
          },
        ]}
      />
    )}
  </Card>
);

/** Every former version that is kept, the newest first. */
export function VersionsTab({ memory }: { memory: MemoryDetail }) {
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = usePages<MemoryVersion>(`/memories/${memory.id}/versions`);
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={4} />;
  if (rows.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={History} title={t('memory.versions.none')}>
          {t('memory.versions.none.text')}
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      {rows.map((version, at) => (
        <Version
          key={version.number}
          version={version}
          next={at === 0 ? memory : rows[at - 1]!}
          nextNumber={at === 0 ? memory.version : rows[at - 1]!.number}
        />
      ))}
      {hasMore && (
        <Button className="self-center" busy={loadingMore} onClick={loadMore}>
          {t('table.more', { count: rows.length, shown: rows.length })}
        </Button>
      )}
    </div>
  );
}
