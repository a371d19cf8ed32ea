import { Check, CircleAlert, CircleDashed, X } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Stage } from '#lib/types.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';

type Target = Stage['targets'][number];
const tones: Record<Stage['status'], Tone> = { waiting: 'quiet', running: 'accent', watching: 'accent', held: 'warn', done: 'good' };
const marks = {
  waiting: <CircleDashed aria-hidden className="size-3.5 text-ink-3" />,
  done: <Check aria-hidden className="size-3.5 text-good" strokeWidth={2.5} />,
  unwell: <CircleAlert aria-hidden className="size-3.5 text-warn" />,
  failed: <X aria-hidden className="size-3.5 text-bad" strokeWidth={2.5} />,
};

const TargetRow = ({ target }: { target: Target }) => (
  <li className="flex items-start gap-2 py-0.5">
    <span className="mt-1 shrink-0">{marks[target.status]}</span>
    <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
      {target.name} <span className="text-xs text-ink-3">{t(`stage.target.${target.status}`)}</span>
      {target.text && <span className="block text-xs text-ink-2">{target.text}</span>}
    </span>
  </li>
);

/** How many rows stand open; a hundred servers are folded. */
const OPEN = 10;

function StageRow({ stage }: { stage: Stage }) {
  const { targets, status, refused, continuedBy } = stage;
  const settled = targets.filter((target) => target.status !== 'waiting').length;
  const wrong = targets.some((target) => target.status === 'failed' || target.status === 'unwell');
  const name = t(`stage.${stage.kind}`);
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">{name}</h3>
        <Badge tone={status === 'done' && wrong ? 'warn' : tones[status]}>{t(`stage.status.${status}`)}</Badge>
        {status === 'watching' && stage.watchUntil && (
          <span className="text-xs text-ink-2">
            {t('stage.until')} <Time at={stage.watchUntil} />
          </span>
        )}
        <span className="ms-auto text-xs text-ink-2">{t('stage.count', { settled, all: targets.length })}</span>
      </div>
      <Progress
        value={targets.length === 0 ? 100 : (100 * settled) / targets.length}
        label={t('stage.progress', { name })}
        tone={wrong ? 'warn' : status === 'done' ? 'good' : 'accent'}
      />
      {status === 'held' && <p role="alert">{refused ? t('stage.held.refused', { why: refused.text }) : t('stage.held.text')}</p>}
      {continuedBy && (
        <p className="text-ink-2">
          {t('stage.continued', { name: continuedBy.name })} <Time at={continuedBy.at} />: {continuedBy.comment}
        </p>
      )}
      <details open={targets.length <= OPEN}>
        <summary className="min-h-6 rounded-sm text-xs text-ink-2">{t('stage.targets')}</summary>
        <ul className="mt-1">
          {targets.map((target) => (
            <TargetRow key={target.id} target={target} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** Of a Change that acts on many: who went first, whether they are well, and who follows. */
export const StagesCard = ({ stages, rules }: { stages: readonly Stage[]; rules: readonly string[] }) => (
  <Card flush title={t('stage.title')} aside={rules.length > 0 && t('change.approval.because', { name: rules.join(', ') })}>
    <ol className="divide-y divide-line">
      {stages.map((stage) => (
        <StageRow key={stage.kind} stage={stage} />
      ))}
    </ol>
  </Card>
);
