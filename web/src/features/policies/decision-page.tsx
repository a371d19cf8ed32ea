import { useQuery } from '@tanstack/react-query';
import { decisionQuery } from '#features/audit/api.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { Card } from '#ui/card.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { explanationQuery } from './api.ts';
import { Trail } from './trail.tsx';
import { RulingHead, RulingRules } from './ruling-view.tsx';
import type { Match, Refusal } from './types.ts';

/** Of anybody's decision, for those who may test rules. */
function Explained({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(explanationQuery(id));
  const people = usePeople('');
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={8} />;
  return (
    <>
      <p className="text-ink-2">
        <code className="text-xs">{data.operation}</code> · {people.find((person) => person.id === data.actorId)?.name ?? t('policies.somebody')},{' '}
        <Time at={data.at} />
      </p>
      <RulingHead ruling={data.ruling} refusal={data.ruling.denied ?? data.ruling.unmet[0] ?? null} />
      <RulingRules matched={data.ruling.matched} />
      <Card title={t('ruling.facts')}>
        <JsonView label={t('ruling.facts')} value={data.facts} />
      </Card>
    </>
  );
}

interface OwnPolicy {
  effect: 'allow' | 'warn' | 'require' | 'deny';
  denied: Refusal | null;
  unmet: Refusal[];
  warnings: { rule: string; text: string }[];
  matched: Match[];
}
/** Of one's own decision: what the rules said, without the facts. */
function Own({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({ ...decisionQuery(id), retry: 3 });
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={8} />;
  const policy = (data as typeof data & { policy: OwnPolicy | null }).policy;
  return (
    <>
      <p className="text-ink-2">
        <code className="text-xs">{data.operation}</code> · {data.actor.name}, <Time at={data.at} />
      </p>
      {policy ? (
        <>
          <RulingHead ruling={{ ...policy, refusals: [], requirements: [], errors: [] }} refusal={policy.denied ?? policy.unmet[0] ?? null} />
          <RulingRules matched={policy.matched} />
        </>
      ) : (
        <p className="text-ink-2">{data.reason?.text ?? t('ruling.rules.none')}</p>
      )}
    </>
  );
}

/** Why the Gate decided as it did, rule by rule. */
export function DecisionPage({ id }: { id: string }) {
  const mayTest = useCan('policies:test');
  return (
    <PageFrame title={t('ruling.title')} eyebrow={<Trail>{t('ruling.title')}</Trail>} width="reading">
      {mayTest ? <Explained id={id} /> : <Own id={id} />}
    </PageFrame>
  );
}
