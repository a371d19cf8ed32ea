import { useQuery } from '@tanstack/react-query';
import { Quote, Search } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { findQuery } from './api.ts';
import type { TabProps } from './documents-tab.tsx';
import { markedWords } from './marks.ts';
import { MODES, type Found, type Passage } from './types.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** One passage as it stands in its document, with where it is from. */
function Quoted({ passage, question, onOpen }: { passage: Passage; question: string; onOpen: () => void }) {
  const { text, heading, score, keyword, semantic, document, chunk } = passage;
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <blockquote className="border-s-2 border-line-strong ps-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {markedWords(text, question).map(({ text: part, marked }, at) =>
          marked ? (
            <mark key={at} className="rounded-xs bg-warn-wash text-ink">
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </blockquote>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        <cite className="not-italic">
          <Button variant="link" className="text-xs" onClick={onOpen}>
            {document.title}
          </Button>
        </cite>
        {heading && <span>{heading}</span>}
        <span>{t('knowledge.passage.number', { number: chunk })}</span>
        <span className="ms-auto flex gap-1.5">
          {keyword !== null && <Badge>{t('knowledge.try.words', { share: percent(keyword) })}</Badge>}
          {semantic !== null && <Badge>{t('knowledge.try.meaning', { share: percent(semantic) })}</Badge>}
          <Badge tone="accent">{t('knowledge.try.score', { share: percent(score) })}</Badge>
        </span>
      </p>
    </li>
  );
}

interface AnswersProps {
  found: Found;
  question: string;
  onOpen: (id: string) => void;
}
const Answers = ({ found, question, onOpen }: AnswersProps) =>
  found.passages.length === 0 ? (
    <EmptyState icon={Search} title={t('knowledge.try.none')}>
      {t(found.semantic ? 'knowledge.try.none.text' : 'knowledge.try.none.words')}
    </EmptyState>
  ) : (
    <>
      <p className="text-ink-2">
        {t('knowledge.try.found', { count: found.count })} {!found.semantic && t('knowledge.try.byWords')}
      </p>
      <ol aria-label={t('knowledge.try.passages')} className="flex flex-col gap-3">
        {found.passages.map((passage) => (
          <Quoted key={`${passage.document.id} ${passage.chunk}`} passage={passage} question={question} onOpen={() => onOpen(passage.document.id)} />
        ))}
      </ol>
    </>
  );

/** A question as a workflow would ask it, and the passages that answer it, quoted with their sources. */
export function TryTab({ collection, search, show }: TabProps) {
  const { ask = '', mode = 'hybrid' } = search;
  const [text, setText] = useState(ask);
  const { data, error, isFetching, refetch } = useQuery(findQuery(collection.id, search));
  const go = () => {
    if (text.trim() === '') return;
    if (text.trim() === ask) void refetch();
    else show({ ask: text.trim() });
  };
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <Card>
        <form
          role="search"
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
        >
          <div className="min-w-0 flex-1 basis-72">
            <Field label={t('knowledge.try.question')}>
              {(control) => (
                <Input
                  {...control}
                  type="search"
                  maxLength={2_000}
                  placeholder={t('knowledge.try.example')}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
          </div>
          <div className="w-44">
            <Field label={t('knowledge.try.mode')}>
              {(control) => (
                <Select
                  {...control}
                  value={mode}
                  onChange={(next) => show({ mode: next === 'hybrid' ? undefined : next })}
                  choices={MODES.map((value) => ({
                    value,
                    label: t(`knowledge.try.mode.${value}`),
                    help: t(`knowledge.try.mode.${value}.help`),
                  }))}
                />
              )}
            </Field>
          </div>
          <Button type="submit" variant="primary" disabled={text.trim() === ''} busy={isFetching} icon={<Search aria-hidden className="size-3.5" />}>
            {t('knowledge.try.search')}
          </Button>
        </form>
      </Card>
      <div aria-live="polite" aria-busy={isFetching || undefined} className="flex flex-col gap-3">
        {error ? (
          <ProblemView error={error} retry={() => void refetch()} />
        ) : data ? (
          <Answers found={data} question={ask} onOpen={(open) => show({ open, tab: undefined })} />
        ) : isFetching ? (
          <SkeletonText lines={6} />
        ) : (
          <EmptyState icon={Quote} title={t('knowledge.try.empty')}>
            {t('knowledge.try.empty.text')}
          </EmptyState>
        )}
      </div>
    </div>
  );
}
