import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileUp, Plus, SlidersHorizontal } from 'lucide-react';
import { useCallback, useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { SECRET_LISTS } from '#features/secrets/api.ts';
import { Loaded } from '#features/account/loaded.tsx';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { AddLine } from './add-line.tsx';
import { variablesQuery } from './api.ts';
import { ALL, environmentsOf, groupsOf, overriddenIn } from './groups.ts';
import { ImportDialog } from './import-dialog.tsx';
import type { EnvironmentSearch } from './search.ts';
import type { Variable } from './types.ts';
import { VariableRow } from './variable-row.tsx';

const USUAL = ['dev', 'staging', 'prod'];

function DeleteDialog({ variable, onClose }: { variable: Variable; onClose: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('vars.delete.of', { name: variable.name })}
      call={{ method: 'DELETE', path: `/env-vars/${variable.id}`, ifMatch: variable.version }}
      action={t('secrets.delete')}
      danger
      touched={SECRET_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('vars.deleted', { name: variable.name }))}
    />
  );
}

interface GroupsProps {
  all: readonly Variable[];
  environment: string;
  text: string;
  onDelete: (variable: Variable) => void;
}
/** The variables of one environment, a card for the workspace and one for each project. */
function Groups({ all, environment, text, onDelete }: GroupsProps) {
  const groups = groupsOf(all, environment, text);
  if (groups.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={SlidersHorizontal} title={t(text ? 'vars.none.title' : 'vars.empty.title')}>
          {t(text ? 'vars.none.text' : 'vars.empty.text')}
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      {groups.map(({ project, variables }) => (
        <Card key={project ?? ''} flush title={project ?? t('secrets.workspace')} aside={t('vars.count', { count: variables.length })}>
          <ul className="divide-y divide-line">
            {variables.map((variable) => (
              <VariableRow key={variable.id} variable={variable} overridden={overriddenIn(all, variable)} onDelete={onDelete} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

type Open = { act: 'add' | 'import' } | { act: 'delete'; variable: Variable };

function Variables({ all, search, open, onOpen }: { all: readonly Variable[]; search: EnvironmentSearch; open: Open | null; onOpen: (open: Open | null) => void }) {
  const navigate = useNavigate();
  const environment = search.environment ?? ALL;
  const show = useCallback(
    (next: Loose<EnvironmentSearch>) =>
      void navigate({ to: '/settings/environment', search: (now) => compact<EnvironmentSearch>({ ...(now as EnvironmentSearch), ...next }), replace: true }),
    [navigate],
  );
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  const open_ = (value: string) => show({ environment: value === ALL || value === '' ? undefined : value });
  const tabs = environmentsOf(all, environment);
  const known = { projects: [...new Set(all.flatMap(({ project }) => project ?? []))].sort(), environments: [...new Set([...USUAL, ...tabs.map(({ value }) => value)])].filter((one) => one !== ALL) };
  return (
    <>
      {open?.act === 'add' && <AddLine key={environment} project="" environment={environment === ALL ? '' : environment} {...known} onAdded={open_} onClose={() => onOpen(null)} />}
      <SearchInput label={t('vars.search')} value={search.q ?? ''} onChange={find} />
      <Tabs
        label={t('vars.tabs')}
        value={environment}
        onChange={open_}
        tabs={tabs.map(({ value, count }) => ({
          value,
          label: value === ALL ? t('secrets.environment.all') : value,
          count,
          content: value === environment && <Groups all={all} environment={value} text={search.q ?? ''} onDelete={(variable) => onOpen({ act: 'delete', variable })} />,
        }))}
      />
      {open?.act === 'import' && <ImportDialog environment={environment === ALL ? '' : environment} places={known} onDone={open_} onClose={() => onOpen(null)} />}
      {open?.act === 'delete' && <DeleteDialog variable={open.variable} onClose={() => onOpen(null)} />}
    </>
  );
} // prettier-ignore

/** Settings of programs, by environment and project: shown, unless they are secret. */
export function EnvironmentPage({ search }: { search: EnvironmentSearch }) {
  const variables = useQuery(variablesQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const blocked = useBlocked('secrets:write');
  return (
    <PageFrame
      title={t('vars.title')}
      facts={t('vars.lead')}
      actions={
        <>
          <Button blocked={blocked} icon={<FileUp aria-hidden className="size-3.5" />} onClick={() => setOpen({ act: 'import' })}>
            {t('vars.import')}
          </Button>
          <Button
            variant="primary"
            data-hotkey="n"
            blocked={blocked}
            icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => setOpen({ act: 'add' })}
          >
            {t('vars.add')}
          </Button>
        </>
      }
    >
      <Loaded query={variables} lines={8}>
        {(all) => <Variables all={all} search={search} open={open} onOpen={setOpen} />}
      </Loaded>
    </PageFrame>
  );
}
