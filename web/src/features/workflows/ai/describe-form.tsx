import { Square, WandSparkles } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { triggerText } from '../trigger-words.tsx';
import { useAsk } from './api.ts';
import { DescribeReview } from './describe-review.tsx';
import { NoModel } from './origin-note.tsx';
import type { Generated } from './types.ts';

/** Ways of starting that can be agreed to beforehand. */
const TRIGGERS = ['schedule', 'webhook', 'event'] as const;
type Starts = (typeof TRIGGERS)[number];
const EXAMPLES = ['first', 'second', 'third'] as const;

/** What is wanted, as it was typed. */
export interface Wish {
  goal: string;
  context: string;
  triggers: readonly Starts[];
  readOnly: boolean;
}

interface GenerateBody {
  goal: string;
  context?: string;
  constraints: { triggers: readonly string[]; readOnly: boolean };
}
const bodyOf = ({ goal, context, triggers, readOnly }: Wish, answers: readonly string[]): GenerateBody => {
  const more = [context.trim(), ...answers].filter(Boolean).join('\n');
  return { goal: goal.trim(), ...(more ? { context: more } : {}), constraints: { triggers, readOnly } };
};

interface WishFieldsProps {
  wish: Wish;
  onWish: (wish: Wish) => void;
}
function WishFields({ wish, onWish }: WishFieldsProps) {
  const turn = (one: Starts, on: boolean) =>
    onWish({ ...wish, triggers: on ? [...wish.triggers, one] : wish.triggers.filter((each) => each !== one) });
  return (
    <>
      <Field label={t('assist.goal')} required help={t('assist.goal.help')}>
        {(control) => (
          <Textarea {...control} rows={4} maxLength={4_000} value={wish.goal} onChange={(event) => onWish({ ...wish, goal: event.target.value })} />
        )}
      </Field>
      {wish.goal === '' && (
        <div role="group" aria-label={t('assist.examples')} className="flex flex-col items-start gap-1 text-ink-2">
          <span className="text-xs text-ink-3">{t('assist.examples')}</span>
          {EXAMPLES.map((one) => (
            <button
              key={one}
              type="button"
              className="rounded-sm text-start text-accent hover:underline"
              onClick={() => onWish({ ...wish, goal: t(`assist.example.${one}`) })}
            >
              {t(`assist.example.${one}`)}
            </button>
          ))}
        </div>
      )}
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">{t('assist.triggers')}</legend>
        <div className="flex flex-wrap gap-2">
          {TRIGGERS.map((one) => (
            <FilterToggle key={one} label={triggerText(one)} on={wish.triggers.includes(one)} onChange={(on) => turn(one, on)} />
          ))}
        </div>
        <p className="text-xs text-ink-3">{t('assist.triggers.help')}</p>
      </fieldset>
      <Field label={t('assist.readOnly')} help={t('assist.readOnly.help')} inline>
        {(control) => <Checkbox {...control} checked={wish.readOnly} onCheckedChange={(on) => onWish({ ...wish, readOnly: on === true })} />}
      </Field>
      <details>
        <summary className="w-fit cursor-pointer rounded-sm text-ink-2 hover:text-ink">{t('assist.context')}</summary>
        <div className="mt-2">
          <Field label={t('assist.context')} help={t('assist.context.help')} required={false}>
            {(control) => (
              <Textarea {...control} maxLength={7_000} value={wish.context} onChange={(event) => onWish({ ...wish, context: event.target.value })} />
            )}
          </Field>
        </div>
      </details>
    </>
  );
}

interface DescribeFormProps extends WishFieldsProps {
  onTemplate: (id: string) => void;
  onClose: () => void;
}
/** A workflow from words: what is wanted, then what came of it to look at, and only then a workflow. */
export function DescribeForm({ wish, onWish, onTemplate, onClose }: DescribeFormProps) {
  const blocked = useBlocked('ai:generate');
  const { ask, stop, answer, busy, error, reset } = useAsk<GenerateBody, Generated>('/workflows/generate');
  const may = wish.goal.trim().length >= 3;
  const generate = (answers: readonly string[] = []): void => {
    if (may && !blocked && !busy) ask(bodyOf(wish, answers));
  };
  if (answer)
    return <DescribeReview key={answer.generationId} made={answer} onTemplate={onTemplate} onBack={reset} onAgain={generate} onClose={onClose} />;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        generate();
      }}
    >
      <NoModel instead={t('assist.model.none.generate')} />
      <WishFields wish={wish} onWish={onWish} />
      {error && <ProblemView error={error} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span role="status" className="me-auto text-ink-2">
          {busy && t('assist.generating')}
        </span>
        {busy ? (
          <Button icon={<Square aria-hidden className="size-3" />} onClick={stop}>
            {t('assist.stop')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        )}
        <Button
          type="submit"
          variant="primary"
          blocked={blocked}
          busy={busy}
          disabled={!may}
          icon={<WandSparkles aria-hidden className="size-3.5" />}
        >
          {t('assist.generate')}
        </Button>
      </div>
    </form>
  );
}
