import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { request } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate, useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { OwnUsage } from './own-usage.tsx';
import { FIELDS, type Limit } from './types.ts';

/** What holds: what is set, or else the default. */
const Amount = ({ limit, field }: { limit: Limit; field: (typeof FIELDS)[number] }) => {
  const [own, usual] = [limit[field], limit.defaults[field]];
  if (own !== null) return <span className="font-semibold">{number(own)}</span>;
  return usual === null ? <span className="text-ink-3">{t('limits.none')}</span> : <span className="text-ink-2">{number(usual)}</span>;
};

interface RowProps {
  limit: Limit;
  name: string;
  onEdit: () => void;
}
function Row({ limit, name, onEdit }: RowProps) {
  const blocked = useBlocked('limits:write');
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-2 ps-4 pe-2 text-start font-medium [overflow-wrap:anywhere]">
        {name} {limit.own && <Badge tone="accent">{t('limits.own')}</Badge>}
      </th>
      {FIELDS.map((field) => (
        <td key={field} className="px-2 py-2 text-end tabular-nums">
          <Amount limit={limit} field={field} />
        </td>
      ))}
      <td className="py-2 ps-2 pe-4 text-end">
        <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('limits.edit.of', { name })} onClick={onEdit}>
          <Pencil aria-hidden className="size-3.5" />
        </Button>
      </td>
    </tr>
  );
}

function useNames(): (limit: Limit) => string {
  const people = usePeople('');
  return ({ kind, subject }) => {
    const id = subject.slice(subject.indexOf(':') + 1);
    if (kind === 'tenant') return t('limits.tenant');
    if (kind === 'user') return people.find((person) => person.id === id)?.name ?? id;
    return kind === 'key' ? t('limits.key', { id }) : id;
  };
}

function Quotas() {
  const nameOf = useNames();
  const [open, setOpen] = useState<Limit | 'new' | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['/limits', 'all'],
    queryFn: ({ signal }) => request<{ items: Limit[] }>('GET', '/limits', { signal }).then(({ items }) => items),
  });
  const create = (
    <PermissionGate permission="limits:write">
      {(blocked) => (
        <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
          {t('limits.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <Card flush title={t('limits.all')} aside={create}>
      {error ? (
        <div className="p-4">
          <ProblemView error={error} retry={() => void refetch()} />
        </div>
      ) : !data ? (
        <div className="p-4">
          <SkeletonText lines={6} />
        </div>
      ) : (
        // Focusable, so that keyboards can scroll it where it is too wide.
        <div role="region" aria-label={t('limits.all')} tabIndex={0} className="overflow-x-auto -outline-offset-2">
          <table className="w-full min-w-[30rem]">
            <thead>
              <tr className="text-xs text-ink-3">
                <th scope="col" className="py-2 ps-4 pe-2 text-start font-normal">
                  {t('limits.whom')}
                </th>
                {FIELDS.map((field) => (
                  <th key={field} scope="col" className="px-2 py-2 text-end font-normal">
                    {t(`limits.${field}`)}
                  </th>
                ))}
                <th scope="col" className="py-2 ps-2 pe-4">
                  <span className="sr-only">{t('keys.column.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((limit) => (
                <Row key={limit.subject} limit={limit} name={nameOf(limit)} onEdit={() => setOpen(limit)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open !== null && <LimitDialog limit={open === 'new' ? null : open} name={open === 'new' ? '' : nameOf(open)} onClose={() => setOpen(null)} />}
    </Card>
  );
}

/** How many calls one may make, and how many everybody may. */
export function LimitsPage() {
  const mayRead = useCan('limits:read');
  return (
    <PageFrame title={t('limits.title')} facts={t('limits.lead')} width="reading">
      <OwnUsage />
      {mayRead && <Quotas />}
    </PageFrame>
  );
}
