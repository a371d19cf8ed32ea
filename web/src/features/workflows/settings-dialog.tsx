import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { TOUCHED } from './api.ts';
import { Budgets } from './budgets-tab.tsx';
import { draftOf, patchOf } from './settings-rules.ts';
import { Access, Data, Errors, General, Runs, type TabProps } from './settings-tabs.tsx';
import type { Workflow } from './types.ts';

const TABS = { general: General, runs: Runs, errors: Errors, access: Access, data: Data, budgets: Budgets } as const;
type TabName = keyof typeof TABS;

/** Everything that is set for a workflow as a whole; what is fixed says why. Applies to what is published next. */
export function SettingsDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const tell = useTell();
  const [before] = useState(() => draftOf(workflow));
  const [draft, setDraft] = useState(before);
  const [tab, setTab] = useState<TabName>('general');
  const saving = useSubmit<unknown>(TOUCHED);
  const why = workflow.status === 'archived' ? t('workflows.blocked.archived') : workflow.may.update ? null : t('blocked.permission', { permission: 'workflows:update' });
  const patch = patchOf(before, draft);
  const ready = why === null && patch !== null && draft.name.trim() !== '';
  const errors = errorsByPointer(saving.error ? toProblem(saving.error) : null);
  const save = (): void => {
    if (!ready) return;
    saving.submit({ call: { method: 'PATCH', path: `/workflows/${workflow.id}`, body: patch, ifMatch: workflow.revision }, comment: '' }, (outcome) => {
      tell(outcome, t('workflows.settings.saved', { name: draft.name.trim() }));
      onClose();
    });
  };
  const props: TabProps = { workflow, draft, onChange: setDraft, disabled: why !== null, errors };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('workflows.settings.of', { name: workflow.name })}
      description={why ?? t('workflows.settings.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={saving.isPending} disabled={!ready} onClick={save}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex min-h-96 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {saving.error && <ProblemView error={saving.error} placed={(pointer) => pointer in errors} />}
        <Tabs<TabName>
          label={t('workflows.settings')}
          value={tab}
          onChange={setTab}
          tabs={Object.entries(TABS).map(([value, Tab]) => ({
            value: value as TabName,
            label: t(`workflows.settings.tab.${value as TabName}`),
            content: (
              <div className="flex flex-col gap-4">
                <Tab {...props} />
              </div>
            ),
          }))}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
} // prettier-ignore
