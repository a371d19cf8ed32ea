import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { budgetsWith, budgetText, isBudget, type BudgetName } from './settings-rules.ts';
import type { TabProps } from './settings-tabs.tsx';

/** One bound; what is left empty is none, and what is no amount stays to be mended and is not taken. */
function BudgetField({ name, ...props }: TabProps & { name: BudgetName }) {
  const { draft, disabled, onChange } = props;
  const { budgets, ...rest } = draft.settings;
  const [text, setText] = useState(() => budgetText(name, budgets?.[name]));
  const take = (typed: string): void => {
    setText(typed);
    const next = budgetsWith(budgets, name, typed);
    if (next === null) return;
    onChange({ ...draft, settings: next === undefined ? rest : { ...rest, budgets: next } });
  };
  return (
    <Field
      label={t(`workflows.settings.budget.${name}`)}
      help={t(`workflows.settings.budget.${name}.help`)}
      required={false}
      error={isBudget(name, text) ? undefined : t(`workflows.settings.budget.${name}.bad`)}
    >
      {(control) => (
        <Input
          {...control}
          inputMode={name === 'cost' ? 'decimal' : 'numeric'}
          className="max-w-40"
          maxLength={16}
          disabled={disabled}
          value={text}
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What one execution may spend on models, with all that it calls (workflows.md 4.3, 11.3). */
export const Budgets = (props: TabProps) => (
  <>
    <p className="max-w-prose text-pretty text-ink-2">{t('workflows.settings.budgets')}</p>
    <div className="grid gap-4 sm:grid-cols-3">
      <BudgetField name="tokens" {...props} />
      <BudgetField name="cost" {...props} />
      <BudgetField name="toolCalls" {...props} />
    </div>
    <p className="text-ink-2">
      {t('workflows.settings.budgets.day')}{' '}
      <Link to="/settings/ai" search={{ tab: 'budgets' }} className="text-accent underline underline-offset-2">
        {t('workflows.settings.budgets.day.link')}
      </Link>
    </p>
  </>
);
