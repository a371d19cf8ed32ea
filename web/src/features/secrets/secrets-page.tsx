import { Link, useNavigate } from '@tanstack/react-router';
import { KeyRound, ListFilter, Plus } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { listQuery, usePlaces } from './api.ts';
import { secretColumns, secretCompact } from './columns.tsx';
import { CreateSecretDialog } from './create-dialog.tsx';
import { ExpiringBanner } from './expiring-banner.tsx';
import { ExportButton } from './export-dialog.tsx';
import { WORKSPACE, type SecretsSearch } from './search.ts';
import type { Secret } from './types.ts';
import { VALUE_TYPES } from './value-types.ts';

interface ShownProps {
  search: SecretsSearch;
  show: (next: Loose<SecretsSearch>) => void;
}
/** What is chosen is among the choices, even when nothing lies there. */
const choices = (known: readonly string[], chosen: string | undefined) =>
  [...new Set([...known, ...(chosen ? [chosen] : [])])].map((value) => ({ value, label: value }));

function Filters({ search, show }: ShownProps) {
  const places = usePlaces();
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  const workspace = { value: WORKSPACE, label: t('secrets.workspace') };
  const projects = choices(
    places.projects.filter((one) => one !== WORKSPACE),
    search.project === WORKSPACE ? undefined : search.project,
  );
  return (
    <>
      <SearchInput className="shrink-0" label={t('secrets.search')} value={search.q ?? ''} onChange={find} />
      <Filter label={t('secrets.project')} value={search.project} onChange={(project) => show({ project })} choices={[workspace, ...projects]} />
      <Filter
        label={t('secrets.environment')}
        value={search.environment}
        onChange={(environment) => show({ environment })}
        choices={choices(places.environments, search.environment)}
      />
      <Filter
        label={t('secrets.type')}
        value={search.type}
        onChange={(type) => show({ type })}
        choices={VALUE_TYPES.map((value) => ({ value, label: t(`secrets.type.${value}`) }))}
      />
      <Filter label={t('secrets.tags')} value={search.tag} onChange={(tag) => show({ tag })} choices={choices(places.tags, search.tag)} />
      <FilterToggle label={t('secrets.filter.expiring')} on={search.expiring === true} onChange={(expiring) => show({ expiring })} />
      <FilterToggle label={t('secrets.filter.deleted')} on={search.deleted === true} onChange={(deleted) => show({ deleted })} />
    </>
  );
}

const Empty = ({ filtered, create }: { filtered: boolean; create: ReactNode }) =>
  filtered ? (
    <EmptyState
      icon={ListFilter}
      title={t('secrets.none.title')}
      action={
        <Button asChild>
          <Link to="/settings/secrets" search={{}}>
            {t('changes.none.action')}
          </Link>
        </Button>
      }
    >
      {t('secrets.none.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={KeyRound} title={t('secrets.empty.title')} action={create}>
      {t('secrets.empty.text')}
    </EmptyState>
  );

/** What programs and connections are let in with: by name, never by value. */
export function SecretsPage({ search }: { search: SecretsSearch }) {
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const source = usePages<Secret>('/secrets', listQuery(search));
  const show = useCallback(
    (next: Loose<SecretsSearch>) =>
      void navigate({ to: '/settings/secrets', search: (now) => compact<SecretsSearch>({ ...(now as SecretsSearch), ...next }), replace: true }),
    [navigate],
  );
  const create = (hotkey: boolean) => (
    <PermissionGate permission="secrets:write">
      {(blocked) => (
        <Button
          variant="primary"
          blocked={blocked}
          icon={<Plus aria-hidden className="size-3.5" />}
          {...(hotkey ? { 'data-hotkey': 'n' } : {})}
          onClick={() => setCreating(true)}
        >
          {t('secrets.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame
      title={t('secrets.title')}
      facts={t('secrets.lead')}
      width="fill"
      actions={
        <>
          <ExportButton search={search} />
          {create(true)}
        </>
      }
    >
      {!search.expiring && !search.deleted && <ExpiringBanner onShow={() => show({ expiring: true })} />}
      <DataTable
        name="secrets"
        label={t('secrets.title')}
        className="flex-1"
        columns={useMemo(() => secretColumns(search.deleted === true), [search.deleted])}
        source={source}
        rowId={(secret) => secret.id}
        compact={secretCompact}
        onOpen={(secret) => void navigate({ to: '/settings/secrets/$id', params: { id: secret.id } })}
        toolbar={<Filters search={search} show={show} />}
        empty={<Empty filtered={Object.keys(search).length > 0} create={create(false)} />}
      />
      {creating && <CreateSecretDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
