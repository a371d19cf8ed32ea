import { useQueryClient } from '@tanstack/react-query';
import { FileCheck2, Plus } from 'lucide-react';
import { openOperation } from '#features/operations/open.ts';
import { ScopeView } from '#features/access/scope-view.tsx';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import type { ChangeTemplate } from './types.ts';

const LIST = '/change-templates';

/** Every act is an Operation with a form of its own, so it shows its plan and says who must agree. */
function useAct() {
  const client = useQueryClient();
  return (name: string, input: Record<string, unknown>) =>
    openOperation({ name, input, onSettled: () => void client.invalidateQueries({ queryKey: [LIST] }) });
}

function Entry({ template }: { template: ChangeTemplate }) {
  const act = useAct();
  const { id, status, runs } = template;
  const over = status === 'retired';
  return (
    <Card title={template.name} aside={<State value={status} />}>
      <div className="flex flex-col gap-3">
        {template.description && <p>{template.description}</p>}
        {template.suspendedReason && status === 'suspended' && <p className="text-warn">{template.suspendedReason}</p>}
        <KeyValues
          rows={[
            [t('change.detail.operation'), <code key="o" className="text-xs">{template.operation}</code>],
            [t('template.when'), template.when === null ? t('template.when.any') : <code key="w" className="text-xs [overflow-wrap:anywhere]">{template.when}</code>],
            [t('change.detail.targets'), <ScopeView key="s" scope={template.scope} />],
            [t('template.window'), template.window === null ? t('template.window.any') : template.window.windows.map(({ days, from, to }) => `${days.join(', ')} ${from}–${to}`).join('; ') + ` (${template.window.timezone})`],
            [t('template.most'), t('template.most.of', { runs: template.maxRuns, hours: template.maxRunsHours })],
            [t('template.runs'), t('template.runs.of', { total: runs.total, failed: runs.failed })],
            [t('template.until'), <Time key="u" at={template.validUntil} />],
            [t('template.owner'), template.owner.name],
          ]}
        />
        {!over && (
          <div className="flex flex-wrap gap-2">
            <PermissionGate permission="changeTemplates:write">
              {(blocked) => (
                <Button size="sm" blocked={blocked} onClick={() => act('changeTemplates.update', { id })}>
                  {t(status === 'suspended' ? 'template.renew' : 'template.change')}
                </Button>
              )}
            </PermissionGate>
            <PermissionGate permission="changeTemplates:suspend">
              {(blocked) => (
                <>
                  {status === 'active' && (
                    <Button size="sm" blocked={blocked} onClick={() => act('changeTemplates.suspend', { id })}>
                      {t('template.suspend')}
                    </Button>
                  )}
                  <Button size="sm" variant="danger-quiet" blocked={blocked} onClick={() => act('changeTemplates.retire', { id })}>
                    {t('template.retire')}
                  </Button>
                </>
              )}
            </PermissionGate>
          </div>
        )}
      </div>
    </Card>
  );
} // prettier-ignore

/** Kinds of Changes that two people agreed to once for all. */
export function TemplatesPage() {
  const act = useAct();
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<ChangeTemplate>(LIST, {});
  const create = (
    <PermissionGate permission="changeTemplates:write">
      {(blocked) => (
        <Button
          variant="primary"
          data-hotkey="n"
          blocked={blocked}
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => act('changeTemplates.create', {})}
        >
          {t('template.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('template.title')} facts={t('template.lead')} width="reading" actions={create}>
      {error ? (
        <ProblemView error={error} retry={retry} />
      ) : loading ? (
        <SkeletonText lines={8} />
      ) : rows.length === 0 ? (
        <EmptyState icon={FileCheck2} title={t('template.empty')}>
          {t('template.empty.text')}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          {rows.map((template) => (
            <Entry key={template.id} template={template} />
          ))}
          {hasMore && (
            <Button busy={loadingMore} onClick={loadMore}>
              {t('template.more')}
            </Button>
          )}
        </div>
      )}
    </PageFrame>
  );
}
