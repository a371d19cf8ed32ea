import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { BUDGETS } from './api.ts';

/** One question to one model, with what its answer cost. It counts as any other. */
export function TryModel({ id }: { id: string }) {
  const [prompt, setPrompt] = useState('');
  const client = useQueryClient();
  const blocked = useBlocked('ai:use');
  const ask = useMutation({
    mutationFn: () => request<Answer<'ai.ask'>>('POST', '/ai/ask', { body: { prompt: prompt.trim(), model: id } }),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === '/ai/usage' || queryKey[0] === BUDGETS }),
  });
  const { data } = ask;
  return (
    <Card title={t('ai.try')}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (prompt.trim() && !blocked && !ask.isPending) ask.mutate();
        }}
      >
        <Field label={t('ai.try.question')} help={t('ai.try.help')}>
          {(control) => <Textarea {...control} rows={2} maxLength={20_000} value={prompt} onChange={(event) => setPrompt(event.target.value)} />}
        </Field>
        <div>
          <Button type="submit" blocked={blocked} disabled={!prompt.trim()} busy={ask.isPending}>
            {t('ai.try.ask')}
          </Button>
        </div>
      </form>
      <div role="status" className="mt-3 flex flex-col gap-2 empty:hidden">
        {data && (
          <>
            <blockquote className="border-s-2 border-line-strong ps-3 whitespace-pre-wrap [overflow-wrap:anywhere]">{data.text}</blockquote>
            <p className="text-xs text-ink-3">
              {t('ai.try.cost', {
                count: data.usage.inputTokens + data.usage.outputTokens,
                shown: number(data.usage.inputTokens + data.usage.outputTokens),
                cost: dollars(data.usage.cost),
              })}
            </p>
          </>
        )}
      </div>
      {ask.error && <ProblemView error={ask.error} />}
    </Card>
  );
}
