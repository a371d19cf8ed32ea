import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { BUDGETS } from './api.ts';
import { draftsOf, isCost, isReady, isTokens, itemsOf, type BudgetDraft } from './budget-draft.ts';
import type { Budget } from './types.ts';
import { useWorkflows } from './workflow-names.ts';

interface LineProps {
  draft: BudgetDraft;
  error: string | undefined;
  onChange: (part: Partial<BudgetDraft>) => void;
}
const Amounts = ({ draft, error, onChange }: LineProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('ai.budget.tokens')} required={false} error={isTokens(draft.tokens) ? error : t('ai.budget.tokens.bad')}>
      {(control) => (
        <Input {...control} inputMode="numeric" maxLength={13} value={draft.tokens} onChange={(event) => onChange({ tokens: event.target.value.replace(/\s/g, '') })} />
      )}
    </Field>
    <Field label={t('ai.budget.cost')} required={false} error={isCost(draft.cost) ? undefined : t('ai.model.price.bad')}>
      {(control) => <Input {...control} inputMode="decimal" maxLength={16} value={draft.cost} onChange={(event) => onChange({ cost: event.target.value })} />}
    </Field>
  </div>
); // prettier-ignore

const legend = 'mb-2 text-sm font-semibold';
const Own = (props: LineProps) => (
  <fieldset className="min-w-0">
    <legend className={legend}>{t(`ai.budget.tenant.${props.draft.period}`)}</legend>
    <Amounts {...props} />
  </fieldset>
);

function OfWorkflow({ onRemove, ...props }: LineProps & { onRemove: () => void }) {
  const workflows = useWorkflows(true);
  const { draft, onChange } = props;
  const name = workflows.find(({ id }) => id === draft.workflowId)?.name;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className={legend}>{name ? t('ai.budget.workflow.of', { name }) : t('ai.budget.workflow')}</legend>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('ai.workflow')} required>
            {(control) => (
              <Combobox
                control={control}
                value={draft.workflowId ?? ''}
                choices={workflows.map(({ id, name: label }) => ({ value: id, label }))}
                onChange={(workflowId) => onChange({ workflowId })}
              />
            )}
          </Field>
        </div>
        <Button size="icon" variant="ghost" aria-label={t('ai.budget.workflow.remove', { name: name ?? '' })} onClick={onRemove}>
          <Trash2 aria-hidden className="size-4" />
        </Button>
      </div>
      <Amounts {...props} />
    </fieldset>
  );
}

/** All budgets at once: what is left empty is no bound. */
export function BudgetsDialog({ budgets, onClose }: { budgets: readonly Budget[]; onClose: () => void }) {
  const tell = useTell();
  // Each has a key of its own, since one in the middle can go.
  const [lines, setLines] = useState(() => draftsOf(budgets).map((draft) => ({ key: crypto.randomUUID(), draft })));
  const [before] = useState(() => JSON.stringify(itemsOf(draftsOf(budgets))));
  const drafts = lines.map(({ draft }) => draft);
  const items = isReady(drafts) ? itemsOf(drafts) : null;
  const call = items && JSON.stringify(items) !== before ? { method: 'PUT' as const, path: BUDGETS, body: { items } } : null;
  const errors = usePlanErrors(call);
  // Only lines with a bound are sent, so a pointer counts those.
  const errorOf = (draft: BudgetDraft) => {
    const at = drafts.filter((one) => itemsOf([one]).length > 0).indexOf(draft);
    return at < 0 ? undefined : errors[`/items/${at}`];
  };
  const change = (key: string, part: Partial<BudgetDraft>) =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, draft: { ...line.draft, ...part } } : line)));
  const add = () => setLines((all) => [...all, { key: crypto.randomUUID(), draft: { workflowId: '', period: 'day', tokens: '', cost: '' } }]);
  return (
    <ReviewDialog
      title={t('ai.budget.set')}
      description={t('ai.budget.set.text')}
      call={call}
      action={t('action.save')}
      touched={[BUDGETS]}
      told={() => Object.keys(errors).some((pointer) => /^\/items\/\d+$/.test(pointer))}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.budget.saved'))}
    >
      {lines.map(({ key, draft }) =>
        draft.workflowId === null ? (
          <Own key={key} draft={draft} error={errorOf(draft)} onChange={(part) => change(key, part)} />
        ) : (
          <OfWorkflow
            key={key}
            draft={draft}
            error={errorOf(draft)}
            onChange={(part) => change(key, part)}
            onRemove={() => setLines((all) => all.filter((line) => line.key !== key))}
          />
        ),
      )}
      <div>
        <Button size="sm" icon={<Plus aria-hidden className="size-3.5" />} onClick={add}>
          {t('ai.budget.workflow.add')}
        </Button>
      </div>
    </ReviewDialog>
  );
}
