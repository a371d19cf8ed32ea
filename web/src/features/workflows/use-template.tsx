import { useQuery } from '@tanstack/react-query';
import { Check, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { GraphView } from '#features/workflow-graph/graph-view.tsx';
import { useNodeTypes } from '#features/workflow-graph/node-types.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { templateQuery, TOUCHED } from './api.ts';
import { useOpenEditor } from './blank-form.tsx';
import { NameField } from './name-field.tsx';
import type { Requirements, Template } from './types.ts';

const KINDS = ['secrets', 'variables', 'permissions', 'operations'] as const;

/** What it needs, and what of that is not there. A workflow can be made all the same: what is missing can follow. */
function Needs({ requires, missing }: { requires: Requirements; missing: Requirements }) {
  const kinds = KINDS.filter((kind) => requires[kind].length > 0);
  if (kinds.length === 0) return <p className="text-ink-2">{t('workflows.template.needsNothing')}</p>;
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-2">
      {kinds.map((kind) => (
        <div key={kind} className="contents">
          <dt className="text-ink-3">{t(`workflows.template.needs.${kind}`)}</dt>
          <dd>
            <ul className="flex flex-wrap gap-x-4 gap-y-1">
              {requires[kind].map((name) => {
                const lacks = missing[kind].includes(name);
                const Icon = lacks ? TriangleAlert : Check;
                return (
                  <li key={name} className="inline-flex items-center gap-1.5">
                    <Icon aria-hidden className={lacks ? 'size-3.5 text-warn' : 'size-3.5 text-good'} />
                    <code className="text-xs [overflow-wrap:anywhere]">{name}</code>
                    <span className={lacks ? 'text-xs text-warn' : 'sr-only'}>
                      {t(lacks ? 'workflows.template.missing' : 'workflows.template.there')}
                    </span>
                  </li>
                );
              })}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Content({ template, name, onName }: { template: Template; name: string; onName: (name: string) => void }) {
  const types = useNodeTypes();
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <GraphView graph={template.graph} types={types} label={t('workflows.template.preview', { name: template.name })} className="h-72" />
      <section aria-label={t('workflows.template.needs')} className="flex flex-col gap-2">
        <h3 className="text-sm font-semibold">{t('workflows.template.needs')}</h3>
        <Needs requires={template.requires} missing={template.missing} />
      </section>
      <NameField value={name} onChange={onName} />
    </div>
  );
}

interface UseTemplateProps {
  id: string;
  /** Back to the list that it was chosen from. */
  onBack?: () => void;
  onClose: () => void;
}
/** One template: what it does, what it needs, and a workflow made from it. */
export function UseTemplate({ id, onBack, onClose }: UseTemplateProps) {
  const tell = useTell();
  const openEditor = useOpenEditor();
  const blocked = useBlocked('workflows:create');
  const template = useQuery(templateQuery(id));
  const [typed, setTyped] = useState<string | null>(null);
  const creating = useSubmit<{ workflow: { id: string } }>([...TOUCHED, '/workflow-templates']);
  const name = (typed ?? template.data?.name ?? '').trim();
  const create = (): void => {
    if (!name || blocked) return;
    creating.submit({ call: { method: 'POST', path: `/workflow-templates/${encodeURIComponent(id)}/use`, body: { name } }, comment: '' }, (outcome) => {
      if (outcome.status === 'done') return openEditor(outcome.output.workflow.id);
      tell(outcome, '');
      onClose();
    });
  };
  return (
    <Dialog
      open
      width="xl"
      onOpenChange={(open) => !open && onClose()}
      title={template.data?.name ?? t('state.loading')}
      description={template.data?.description}
      footer={
        <>
          {onBack && (
            <Button variant="ghost" className="me-auto" onClick={onBack}>
              {t('workflows.template.back')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" blocked={blocked} busy={creating.isPending} disabled={!template.data || !name} onClick={create}>
            {t('workflows.template.use')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Loaded query={template} lines={8}>
          {(data) => <Content template={data} name={typed ?? data.name} onName={setTyped} />}
        </Loaded>
        {creating.error && <ProblemView error={creating.error} />}
      </form>
    </Dialog>
  );
} // prettier-ignore
