import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan, useMe } from '#lib/session.ts';
import type { Named, Page } from '#lib/types.ts';
import { Filter } from '#ui/filter.tsx';

/** Whose entries: members by name for those who may see them, else only oneself. */
export function ActorFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { actor } = useMe();
  const enabled = useCan('users:read');
  const { data } = useQuery({
    queryKey: ['/members', 'names'],
    queryFn: ({ signal }) => request<Page<Named>>('GET', '/members', { query: { limit: 200 }, signal }),
    enabled,
    staleTime: 60_000,
  });
  const people = new Map([[actor.id, actor.name], ...(data?.items ?? []).map(({ id, name }) => [id, name] as const)]);
  // Someone who has left, or a key: known by its id alone.
  if (value && !people.has(value)) people.set(value, value.slice(0, 8));
  return (
    <Filter label={t('audit.column.actor')} value={value} onChange={onChange} choices={[...people].map(([id, label]) => ({ value: id, label }))} />
  );
}
