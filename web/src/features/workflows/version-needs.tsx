import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { PlanField } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { DiffView } from '#ui/diff-view.tsx';
import { ProblemView } from '#ui/problem-view.tsx';

interface Gained {
  added: string[];
  removed: string[];
}
/** Answer of `workflows.diff`, as far as the picture does not tell it. */
interface Needs {
  moved: { key: string; name: string }[];
  settings: PlanField[];
  operations: { added: { name: string; risk: string | null }[]; removed: string[] };
  permissions: Gained;
  secrets: Gained;
  variables: Gained;
}

const Line = ({ label, names }: { label: string; names: readonly string[] }) =>
  names.length > 0 && (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-ink-3">{label}</span>
      {names.map((name) => (
        <Badge key={name} tone="outline">
          {name}
        </Badge>
      ))}
    </p>
  );

/** What a version needs that the other did not: Operations with their risk, permissions, secrets, variables; and its settings. */
export function VersionNeeds({ workflowId, revision, from, to }: { workflowId: string; revision: number; from: string; to: string }) {
  const { data, error } = useQuery({
    queryKey: ['/workflows', 'diff', workflowId, from, to, revision],
    queryFn: ({ signal }) => request<Needs>('GET', `/workflows/${workflowId}/diff`, { query: { from, to }, signal }),
  });
  if (error) return <ProblemView error={error} />;
  if (!data) return null;
  const { operations, permissions, secrets, variables, settings, moved } = data;
  const added = operations.added.map(({ name, risk }) => (risk === 'high' ? `${name} (${t('risk.high')})` : name));
  return (
    <>
      <div className="flex flex-col gap-1 px-4 py-2 text-xs empty:hidden">
        <Line label={t('workflows.compare.needs.added')} names={[...added, ...permissions.added, ...secrets.added, ...variables.added]} />
        <Line label={t('workflows.compare.needs.removed')} names={[...operations.removed, ...permissions.removed, ...secrets.removed, ...variables.removed]} />
        {moved.length > 0 && <p className="text-ink-3">{t('workflows.compare.moved', { names: moved.map(({ name, key }) => name || key).join(', ') })}</p>}
      </div>
      {settings.length > 0 && <DiffView changes={[{ action: 'update', type: 'workflow', name: t('workflows.compare.settings'), fields: settings }]} />}
    </>
  );
} // prettier-ignore
