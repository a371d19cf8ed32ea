import { Link } from '@tanstack/react-router';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import type { MemoryDetail } from './types.ts';
import { Space } from './words.tsx';

const List = ({ of, mono }: { of: readonly string[]; mono?: boolean }) =>
  of.length === 0 ? null : (
    <span className="flex flex-wrap gap-1">
      {of.map((one) => (
        <Badge key={one} tone="outline" {...(mono ? { className: 'font-mono' } : {})}>
          {one}
        </Badge>
      ))}
    </span>
  );
const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {tags.map((tag) => (
      <Link key={tag} to="/memory" search={{ tag }} className="hover:underline">
        <Badge tone="outline">{tag}</Badge>
      </Link>
    ))}
  </span>
);

/** Where it comes from: who, out of which execution, and what speaks for it. */
const originOf = ({ provenance: { actorKind, evidence, observedAt, executionId } }: MemoryDetail) =>
  [
    [t('memory.actor'), t(`memory.actor.${actorKind}`)],
    [
      t('memory.execution'),
      executionId && (
        <Link key="execution" to="/executions/$id" params={{ id: executionId }} className="text-accent hover:underline">
          {t('memory.execution.open')}
        </Link>
      ),
    ],
    [t('memory.evidence'), evidence],
    [t('memory.observed'), observedAt && <Time key="observed" at={observedAt} />],
  ] as const;

/** All that is known of it beside what it says. */
export const FactsCard = ({ memory }: { memory: MemoryDetail }) => {
  const { key, space, type, importance, confidence, tags, accessLabels, entities, metadata, expiresAt, searchedByMeaning } = memory;
  return (
    <Card title={t('memory.facts')}>
      <KeyValues
        rows={[
          [t('memory.key'), <code key="key" className="text-xs">{key}</code>],
          [t('memory.space'), <Space key="space" space={space} />],
          [t('memory.type'), t(`memory.type.${type}`)],
          [t('memory.importance'), t(`memory.importance.${importance}`)],
          [t('memory.certainty'), `${Math.round(confidence * 100)} %`],
          [t('memory.tags'), tags.length > 0 ? <Tags key="tags" tags={tags} /> : null],
          [t('memory.expires'), expiresAt ? <Time key="expires" at={expiresAt} /> : t('time.never')],
          [t('memory.labels'), accessLabels.length > 0 ? <List key="labels" mono of={accessLabels} /> : t('memory.labels.everybody')],
          [t('memory.entities'), entities.length > 0 ? <List key="entities" mono of={entities} /> : null],
          [t('memory.meaning'), t(searchedByMeaning ? 'memory.meaning.yes' : 'memory.meaning.no')],
          ...originOf(memory),
          [t('memory.by'), <span key="by">{memory.createdByName}, <Time at={memory.createdAt} /></span>],
          [t('memory.updated'), <Time key="updated" at={memory.updatedAt} />],
        ]}
      />
      {Object.keys(metadata).length > 0 && <div className="mt-4"><JsonView label={t('memory.metadata')} value={metadata} /></div>}
    </Card>
  );
}; // prettier-ignore
