import { Link } from '@tanstack/react-router';
import { Bot, KeyRound, TriangleAlert, UserCheck } from 'lucide-react';
import { ScopeView } from '#features/access/scope-view.tsx';
import { t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Time } from '#ui/time.tsx';
import type { ItemState, ReviewItem, Verdict } from './types.ts';

const TONES: Record<ItemState, Tone> = {
  open: 'warn',
  kept: 'good',
  asked: 'accent',
  revoked: 'quiet',
  changed: 'quiet',
  gone: 'quiet',
  excused: 'quiet',
};
const ICONS = { grant: UserCheck, apiKey: KeyRound, agent: Bot };
/** Permissions that are listed; the rest is a number. */
const SHOWN = 4;

const Use = ({ item: { lastUsedAt, unused, lookedBackDays } }: { item: ReviewItem }) =>
  unused ? (
    <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
      {t('accessReview.unused', { count: lookedBackDays })}
    </Badge>
  ) : lastUsedAt ? (
    <>
      {t('accessReview.lastUsed')} <Time at={lastUsedAt} />
    </>
  ) : (
    t('accessReview.neverUsed')
  );

const Facts = ({ item }: { item: ReviewItem }) => (
  <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
    <Use item={item} />
    <span>
      {item.givenBy ? t('accessReview.givenBy', { name: item.givenBy }) : t('accessReview.since')} <Time at={item.givenAt} />
    </span>
    {item.validUntil && (
      <span>
        {t('accessReview.until')} <Time at={item.validUntil} />
      </span>
    )}
    {item.toxic.map((name) => (
      <Badge key={name} tone="bad">
        {t('accessReview.toxic', { name })}
      </Badge>
    ))}
  </p>
);

const Outcome = ({ item }: { item: ReviewItem }) => (
  <>
    {item.decidedBy && item.state !== 'open' && (
      <p className="text-xs text-ink-2">
        {t(`accessReview.verdict.${item.verdict!}`, { name: item.decidedBy })}
        {item.comment && `: ${item.comment}`}
        {item.change && (
          <>
            {' · '}
            <Link to="/changes/$id" params={{ id: item.change.number }} className="text-accent underline">
              {item.change.number}
            </Link>
          </>
        )}
      </p>
    )}
    {item.state === 'open' && item.reviewers.length > 0 && (
      <p className="text-xs text-ink-3">{t('accessReview.waitsFor', { names: item.reviewers.map(({ name }) => name).join(', ') })}</p>
    )}
    {item.problem && <p className="text-xs text-warn">{item.problem}</p>}
  </>
);

export interface ItemProps {
  item: ReviewItem;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onVerdict: (verdict: Verdict) => void;
}
/** One holding: who, what, over what, its use, and what becomes of it. */
export function Item({ item, chosen, onChoose, onVerdict }: ItemProps) {
  const Icon = ICONS[item.kind];
  const name = t('accessReview.item', { holding: item.holding, name: item.subject.name });
  const unused = item.unusedPermissions;
  const verdicts = (['revoke', 'change', 'keep'] as const).filter((verdict) => verdict !== 'change' || item.actions.change);
  return (
    <li className="flex gap-3 px-4 py-3">
      <Checkbox className="mt-0.5" aria-label={name} checked={chosen} disabled={!item.actions.decide} onCheckedChange={(on) => onChoose(on === true)} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Icon aria-hidden className="size-3.5 text-ink-3" />
          <span className="font-medium">{item.subject.name}</span>
          <span className="text-ink-2 [overflow-wrap:anywhere]">{item.holding}</span>
          <Badge tone={TONES[item.state]}>{t(`accessReview.state.${item.state}`)}</Badge>
        </div>
        {item.kind === 'grant' && <ScopeView scope={item.scope} />}
        <Facts item={item} />
        {unused.length > 0 && (
          <p className="text-xs text-ink-3 [overflow-wrap:anywhere]">
            {t('accessReview.unusedPermissions', { names: unused.slice(0, SHOWN).join(', ') })}
            {unused.length > SHOWN && ` ${t('notifications.more', { count: unused.length - SHOWN })}`}
          </p>
        )}
        <Outcome item={item} />
        {item.actions.decide && (
          <div className="flex flex-wrap gap-2">
            {verdicts.map((verdict) => (
              <Button
                key={verdict}
                size="sm"
                variant={verdict === 'revoke' ? 'danger-quiet' : verdict === item.proposal ? 'primary' : 'secondary'}
                aria-label={t(`accessReview.of.${verdict}`, { item: name })}
                onClick={() => onVerdict(verdict)}
              >
                {t(`accessReview.act.${verdict}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
} // prettier-ignore
