import { Quote } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { OperationForm } from '#ui/operation-form/index.ts';
import { RiskBadge } from '#ui/risk.tsx';
import { Switch } from '#ui/switch.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { AskedCall, Wish } from './request-rules.ts';

interface RequestCallProps {
  call: AskedCall;
  wish: Wish;
  errors: Record<string, string>;
  onWish: (wish: Wish) => void;
  readOnly: boolean;
}
const hasFields = ({ schema }: AskedCall): boolean => Object.keys(schema.properties ?? {}).length > 0;

/** One call of an agent: what it would do and why, its arguments to change, and whether it may. */
export function RequestCall({ call, wish, errors, onWish, readOnly }: RequestCallProps) {
  const { tool, operation, reason, risk, plan } = call;
  const name = operation ?? tool;
  return (
    <section aria-label={name} className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <code>{name}</code>
        </h3>
        <RiskBadge risk={risk} />
        {!readOnly && (
          <span className="ms-auto">
            <Field label={t('agent.call.run')} inline>
              {(control) => <Switch {...control} checked={wish.run} onCheckedChange={(run) => onWish({ ...wish, run })} />}
            </Field>
          </span>
        )}
      </header>
      {reason && (
        <p className="flex items-start gap-2 text-ink-2">
          <Quote aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {reason} <span className="text-xs text-ink-3">{t('agent.reason.unchecked')}</span>
          </span>
        </p>
      )}
      {wish.run ? (
        <fieldset disabled={readOnly} className="min-w-0">
          <legend className="mb-2 text-sm font-medium">{t('agent.arguments')}</legend>
          {hasFields(call) ? (
            <OperationForm schema={call.schema} value={wish.arguments} onChange={(next) => onWish({ ...wish, arguments: next })} errors={errors} />
          ) : (
            <JsonView label={t('agent.arguments.of', { tool: name })} value={call.arguments} />
          )}
        </fieldset>
      ) : (
        <Field label={t('agent.why')} help={t('agent.why.help')} required={false}>
          {(control) => (
            <Textarea {...control} maxLength={2_000} value={wish.text} onChange={(event) => onWish({ ...wish, text: event.target.value })} />
          )}
        </Field>
      )}
      {plan !== null && (
        <details>
          <summary className="w-fit cursor-pointer rounded-sm text-xs text-ink-3 hover:text-ink">{t('agent.plan.of')}</summary>
          <JsonView label={t('agent.plan.of')} value={plan} />
        </details>
      )}
    </section>
  );
}
