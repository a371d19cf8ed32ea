import { lazy, Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import { duration } from '#lib/formats.ts';
import { allTexts, t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { Change } from '#lib/types.ts';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import { isTerminal } from './api.ts';

/** Few Changes come from a workflow, and its texts are not those of a first visit. */
const ViaExecution = lazy(() =>
  Promise.all([import('#features/executions/via-execution.tsx'), allTexts()]).then(([module]) => ({ default: module.ViaExecution })),
);

const Code = ({ children }: { children: string }) => <code className="text-xs">{children}</code>;
const time = (at: string | null) => at && <Time at={at} />;
const link = (id: string | null) =>
  id && (
    <Link to="/changes/$id" params={{ id }} className="text-accent hover:underline">
      {id.slice(0, 8)}
    </Link>
  );

/** How the rules decided when it was asked for. */
const DecisionLink = ({ id }: { id: string }) => (
  <Link to="/policies/decisions/$id" params={{ id }} className="w-fit rounded-sm text-accent hover:underline">
    {t('problem.why')}
  </Link>
);

/** Facts about a Change that explain it later. */
export function DetailsCard({ change }: { change: Change }) {
  const mayPolicies = useCan('policies:read');
  const took = change.startedAt && change.endedAt ? duration((Date.parse(change.endedAt) - Date.parse(change.startedAt)) / 1000) : null;
  return (
    <Card title={t('change.details')}>
      <KeyValues
        rows={[
          [t('change.detail.operation'), <Code key="o">{change.operation}</Code>],
          [
            t('change.detail.targets'),
            change.targets.length > 0 ? (
              <ul className="flex flex-col gap-0.5">
                {change.targets.map((target) => (
                  <li key={`${target.type}-${target.id}`}>
                    <span className="text-ink-3">{target.type}</span> {target.name ?? target.id}
                  </li>
                ))}
              </ul>
            ) : null,
          ],
          [t('change.detail.requester'), change.requester.name],
          [t('change.detail.surface'), change.surface],
          [
            t('change.detail.execution'),
            change.via && (
              <Suspense key="via">
                <ViaExecution via={change.via} />
              </Suspense>
            ),
          ],
          [t('change.detail.decision'), mayPolicies && <DecisionLink key="decision" id={change.decisionId} />],
          [t('change.detail.implementer'), change.implementer?.name ?? null],
          [t('change.detail.comment'), change.comment],
          [t('change.detail.ticket'), change.ticket],
          [t('change.detail.created'), time(change.createdAt)],
          [t('change.detail.started'), time(change.startedAt)],
          [t('change.detail.ended'), time(change.endedAt)],
          [t('change.detail.took'), took],
          [t('change.detail.deadline'), isTerminal(change.state) ? null : time(change.deadlineAt)],
          [t('change.detail.rollbackOf'), link(change.rollbackOf)],
          [t('change.detail.rolledBackBy'), link(change.rolledBackBy)],
          [
            t('change.detail.id'),
            <span key="id" className="flex min-w-0 items-center gap-1">
              <span className="truncate">
                <Code>{change.id}</Code>
              </span>
              <CopyButton text={change.id} />
            </span>,
          ],
        ]}
      />
    </Card>
  );
}
