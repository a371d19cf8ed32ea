import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import { outcomeInWords } from './outcome-words.ts';
import type { ReplayExample, ReplayFound, ReplayResult } from './types.ts';

const KINDS = ['newlyDenied', 'newlyAllowed', 'changedApprovals'] as const;

const Example = ({ example, who }: { example: ReplayExample; who: string }) => (
  <li className="flex flex-col gap-1 px-4 py-2.5">
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <code className="text-xs">{example.operation}</code>
      <span className="text-xs text-ink-3">
        {who}, <Time at={example.at} />
      </span>
      <span className="ms-auto flex gap-3 text-xs">
        <Link to="/policies/decisions/$id" params={{ id: example.decisionId }} className="text-accent hover:underline">
          {t('policies.decision.open')}
        </Link>
        <Link to="/audit" search={{ operation: example.operation, actor: example.actorId, range: '30d' }} className="text-accent hover:underline">
          {t('policies.audit.open')}
        </Link>
      </span>
    </p>
    <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
      {outcomeInWords(example.before)}
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3 rtl:rotate-180" />
      <span className="font-medium text-ink">{outcomeInWords(example.after)}</span>
    </p>
  </li>
);

function Kind({ name, found }: { name: (typeof KINDS)[number]; found: ReplayFound }) {
  const people = usePeople('');
  return (
    <Card flush title={t(`policies.replay.${name}`)} aside={<span className="tabular-nums">{number(found.count)}</span>}>
      {found.count === 0 ? (
        <p className="p-4 text-ink-2">{t('policies.replay.nothing')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {found.examples.map((example) => (
            <Example
              key={example.decisionId}
              example={example}
              who={people.find(({ id }) => id === example.actorId)?.name ?? t('policies.somebody')}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What the same calls would have come to. */
export const ReplayView = ({ result }: { result: ReplayResult }) => (
  <div className="flex flex-col gap-4">
    <Card title={t('policies.replay.result')}>
      <KeyValues
        rows={[
          [t('policies.replay.under'), t('policies.replay.set', { name: result.set.name, version: result.set.version })],
          [
            t('policies.replay.span'),
            <span key="span">
              <Time at={result.from} /> – <Time at={result.to} />
            </span>,
          ],
          [t('policies.replay.replayed'), t('policies.replay.of', { replayed: number(result.replayed), recorded: number(result.recorded) })],
          [t('policies.replay.same'), number(result.same)],
          [t('policies.replay.undecided'), result.undecided > 0 ? number(result.undecided) : null],
        ]}
      />
    </Card>
    {KINDS.map((name) => (
      <Kind key={name} name={name} found={result[name]} />
    ))}
  </div>
);
