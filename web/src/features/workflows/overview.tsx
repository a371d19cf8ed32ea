import { Link } from '@tanstack/react-router';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { Environment } from '#ui/environment.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import type { Workflow } from './types.ts';

/** What it does, as a picture, and what is known of it. */
export function Overview({ workflow }: { workflow: Workflow }) {
  const types = useNodeTypes();
  const { draft, description, owner, nextRunAt, lastExecution, tags, environment, settings, slug, updatedAt, updatedBy } = workflow;
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card flush title={t('workflows.draft')} aside={t('workflows.nodes', { count: draft.nodes.length })}>
        <GraphView
          graph={draft}
          types={types}
          label={t('workflows.graph.of', { name: workflow.name })}
          className="h-[28rem] rounded-t-none border-0"
        />
      </Card>
      <Card title={t('workflows.about')}>
        {description && <p className="mb-3 whitespace-pre-wrap text-ink-2">{description}</p>}
        <KeyValues
          rows={[
            [t('workflows.slug'), <code key="slug">{slug}</code>],
            [t('workflows.owner'), owner.name],
            [t('workflows.settings.runAs'), t(`workflows.settings.runAs.${settings.runAs}`)],
            [t('workflows.settings.environment'), environment && <Environment name={environment} />],
            [
              t('workflows.tags'),
              tags.length > 0 &&
                tags.map((tag) => (
                  <Badge key={tag} tone="outline">
                    {tag}
                  </Badge>
                )),
            ],
            [t('workflows.next'), nextRunAt && <Time at={nextRunAt} />],
            [
              t('workflows.column.last'),
              lastExecution && (
                <Link
                  to="/executions/$id"
                  params={{ id: lastExecution.id }}
                  className="inline-flex flex-wrap items-center gap-x-2 rounded-sm hover:underline"
                >
                  <RunState state={lastExecution.status} variant="plain" /> <Time at={lastExecution.at} />
                </Link>
              ),
            ],
            [
              t('workflows.column.updated'),
              <span key="updated">
                <Time at={updatedAt} /> · {updatedBy.name}
              </span>,
            ],
          ].map(([name, value]) => [name as string, value || null] as const)}
        />
      </Card>
    </div>
  );
}
