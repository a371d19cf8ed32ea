import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import type { Memory } from './types.ts';
import { nameOf, Sensitivity, Space } from './words.tsx';

/** What it is called and how it begins. */
const Name = ({ memory }: { memory: Memory }) => (
  <span className="min-w-0">
    <Link to="/memory/$id" params={{ id: memory.id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {nameOf(memory)}
    </Link>
    <span className="line-clamp-1 text-xs text-ink-2">{memory.summary ?? memory.content ?? t('memory.sealed')}</span>
  </span>
);

const MOST = 3;
const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {tags.slice(0, MOST).map((tag) => (
      <Badge key={tag} tone="outline">
        {tag}
      </Badge>
    ))}
    {tags.length > MOST && <span className="text-xs text-ink-3">+{tags.length - MOST}</span>}
  </span>
);
const Expires = ({ at }: { at: string | null }) => (at ? <Time at={at} /> : <span className="text-ink-3">{t('time.never')}</span>);

export const memoryColumns = (): Column<Memory>[] => [
  { id: 'name', header: t('memory.one'), width: '24%', fixed: true, cell: (memory) => <Name memory={memory} />, csv: nameOf },
  { id: 'space', header: t('memory.space'), width: '9rem', cell: ({ space }) => <Space space={space} />, csv: ({ space }) => space },
  { id: 'type', header: t('memory.type'), width: '8rem', hideBelow: 'md', cell: ({ type }) => t(`memory.type.${type}`), csv: ({ type }) => type },
  { id: 'sensitivity', header: t('memory.sensitivity'), width: '8.5rem', hideBelow: 'sm', cell: ({ sensitivity }) => <Sensitivity value={sensitivity} />, csv: ({ sensitivity }) => sensitivity },
  { id: 'importance', header: t('memory.importance'), width: '7rem', hideBelow: 'lg', cell: ({ importance }) => t(`memory.importance.${importance}`), csv: ({ importance }) => importance },
  { id: 'tags', header: t('memory.tags'), width: '10rem', hideBelow: 'xl', cell: ({ tags }) => <Tags tags={tags} />, csv: ({ tags }) => tags.join(' ') },
  { id: 'expires', header: t('memory.expires'), width: '8rem', hideBelow: 'lg', cell: ({ expiresAt }) => <Expires at={expiresAt} />, csv: ({ expiresAt }) => expiresAt },
  { id: 'updated', header: t('memory.updated'), width: '9rem', hideBelow: 'sm', cell: ({ updatedAt }) => <Time at={updatedAt} />, csv: ({ updatedAt }) => updatedAt },
  { id: 'key', header: t('memory.key'), width: '14rem', optional: true, cell: ({ key }) => <code className="text-xs [overflow-wrap:anywhere]">{key}</code>, csv: ({ key }) => key },
]; // prettier-ignore

/** One memory on a narrow screen. */
export const MemoryCompact = ({ memory }: { memory: Memory }) => (
  <span className="flex flex-col gap-1.5 py-1">
    <Name memory={memory} />
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Sensitivity value={memory.sensitivity} />
      <Space space={memory.space} />
      <span>{t(`memory.type.${memory.type}`)}</span>
      <span className="ms-auto">
        <Time at={memory.updatedAt} short />
      </span>
    </span>
  </span>
);
