import { useMemo, useState, type ReactNode } from 'react';
import type { Query } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import type { AuditEntry } from '#lib/types.ts';
import { ExpandingTable } from '#ui/data-table/index.ts';
import { EntryCompact, entryColumns } from './columns.tsx';
import { EntryDetail } from './entry-detail.tsx';

export interface EntryTableProps {
  name: string;
  query: Query;
  empty: ReactNode;
  toolbar?: ReactNode;
  /** The entry that is open, when the address holds it. */
  open?: { id: string | null; onChange: (id: string | null) => void };
  className?: string;
}

/** Audit entries, newest first; each opens in place. */
export function EntryTable({ name, query, empty, toolbar, open, className }: EntryTableProps) {
  const [own, setOwn] = useState<string | null>(null);
  const expanded = open ? open.id : own;
  const onExpand = open ? open.onChange : setOwn;
  return (
    <ExpandingTable
      name={name}
      label={t('audit.list')}
      columns={useMemo(() => entryColumns({ expanded, onExpand }), [expanded, onExpand])}
      source={usePages<AuditEntry>('/audit/entries', query)}
      rowId={(entry) => entry.id}
      compact={(entry) => <EntryCompact entry={entry} />}
      expanded={expanded}
      onExpand={onExpand}
      panel={(entry) => <EntryDetail entry={entry} />}
      empty={empty}
      {...(toolbar ? { toolbar } : {})}
      {...(className ? { className } : {})}
    />
  );
}
