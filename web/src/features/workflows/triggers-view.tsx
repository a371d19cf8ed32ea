import { useQuery } from '@tanstack/react-query';
import { CalendarClock, KeyRound, Zap } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { request } from '#lib/api.ts';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { RotateAddress } from './rotate-address.tsx';
import { TriggerKindIcon, triggerText } from './trigger-words.tsx';
import type { Trigger, Workflow } from './types.ts';

interface Preview {
  items: { at: string; triggerId?: string }[];
}

/** The next times at which a schedule starts it. */
function Due({ workflowId, trigger }: { workflowId: string; trigger: Trigger }) {
  const preview = useQuery({
    queryKey: ['/workflows', 'schedule', workflowId, trigger.nodeId, trigger.cron],
    queryFn: ({ signal }) => request<Preview>('GET', `/workflows/${workflowId}/schedule/preview`, { query: { nodeId: trigger.nodeId }, signal }),
  });
  return (
    <section aria-label={t('workflows.due')}>
      <h3 className="mb-1.5 flex items-center gap-1.5 text-sm font-semibold">
        <CalendarClock aria-hidden className="size-3.5 text-ink-3" />
        {t('workflows.due')}
      </h3>
      <Loaded query={preview}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-ink-2">{t('workflows.due.none')}</p>
          ) : (
            <ol className="grid gap-x-6 gap-y-1 text-ink-2 tabular-nums sm:grid-cols-2">
              {items.map(({ at }) => (
                <li key={at}>
                  <time dateTime={at}>{absoluteTime(at)}</time>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
} // prettier-ignore

function Address({ workflow, trigger }: { workflow: Workflow; trigger: Trigger }) {
  const [rotating, setRotating] = useState(false);
  const { tenant } = useMe();
  const blocked = workflow.may.schedule ? null : t('blocked.permission', { permission: 'workflows:schedule' });
  return (
    <section aria-label={t('workflows.address')} className="flex flex-col gap-2">
      {trigger.path && <CodeBlock wrap label={t('workflows.address.path')} code={`${location.origin}/hooks/t/${tenant.slug}/${trigger.path}`} />}
      <p className="flex flex-wrap items-center gap-3 text-ink-2">
        <KeyRound aria-hidden className="size-3.5 text-ink-3" />
        {trigger.hasToken ? t('workflows.address.hidden') : t('workflows.address.none')}
        <Button size="sm" blocked={blocked} onClick={() => setRotating(true)}>
          {t(trigger.hasToken ? 'workflows.address.rotate' : 'workflows.address.make')}
        </Button>
      </p>
      {trigger.oldTokenUntil && <p className="text-xs text-ink-3">{t('workflows.address.old', { until: absoluteTime(trigger.oldTokenUntil) })}</p>}
      {rotating && <RotateAddress trigger={trigger} onClose={() => setRotating(false)} />}
    </section>
  );
}

const One = ({ workflow, trigger }: { workflow: Workflow; trigger: Trigger }) => (
  <Card
    title={
      <span className="flex items-center gap-2">
        <TriggerKindIcon kind={trigger.kind} />
        {triggerText(trigger.kind)}
        <code className="font-normal text-ink-3">{workflow.draft.nodes.find(({ id }) => id === trigger.nodeId)?.key}</code>
      </span>
    }
    aside={<State value={trigger.state} of="resource" />}
  >
    <div className="flex flex-col gap-4">
      <KeyValues
        rows={[
          [t('workflows.cron'), trigger.cron && <code key="cron">{trigger.cron}</code>],
          [t('workflows.zone'), trigger.timezone],
          [t('workflows.events'), trigger.eventTypes.length > 0 ? <code key="events">{trigger.eventTypes.join(', ')}</code> : null],
          [t('workflows.next'), trigger.nextRunAt && <Time at={trigger.nextRunAt} />],
          [t('workflows.column.last'), trigger.lastRunAt && <Time at={trigger.lastRunAt} />],
          [t('workflows.column.version'), trigger.version],
        ]}
      />
      {trigger.kind === 'schedule' && <Due workflowId={workflow.id} trigger={trigger} />}
      {trigger.kind === 'webhook' && <Address workflow={workflow} trigger={trigger} />}
    </div>
  </Card>
);

/** What starts the active version. Triggers of the draft begin to work when it is published. */
export function TriggersView({ workflow }: { workflow: Workflow }) {
  const shown = workflow.triggers.filter(({ state }) => state !== 'retired');
  if (shown.length === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={Zap} title={t('workflows.triggers.none')}>
          {workflow.activeVersion === null ? t('workflows.triggers.unpublished') : t('workflows.triggers.manual')}
        </EmptyState>
      </div>
    );
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      {shown.map((trigger) => (
        <One key={trigger.id} workflow={workflow} trigger={trigger} />
      ))}
    </div>
  );
}
