import { Minus, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { count, type Staged } from './staging.ts';

/** What waits in this tab, and the only way out of it. Stays in sight while one scrolls. */
export function StagedBar({ staged, onReview, onDiscard }: { staged: Staged; onReview: () => void; onDiscard: () => void }) {
  const [asking, setAsking] = useState(false);
  const { created, changed, removed, all } = count(staged);
  if (all === 0) return null;
  return (
    <div
      role="region"
      aria-label={t('staged.title')}
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-raised px-4 py-2.5 shadow-float motion-safe:animate-in"
    >
      <p aria-live="polite" className="font-semibold">
        {t('staged.count', { count: all })}
      </p>
      <span className="flex flex-wrap gap-1.5">
        {created > 0 && (
          <Badge tone="good" icon={<Plus aria-hidden />}>
            {t('staged.created', { count: created })}
          </Badge>
        )}
        {changed > 0 && (
          <Badge tone="warn" icon={<Pencil aria-hidden />}>
            {t('staged.changed', { count: changed })}
          </Badge>
        )}
        {removed > 0 && (
          <Badge tone="bad" icon={<Minus aria-hidden />}>
            {t('staged.removed', { count: removed })}
          </Badge>
        )}
      </span>
      <span className="text-xs text-ink-3 max-md:hidden">{t('staged.nothingSent')}</span>
      <span className="ms-auto flex gap-2">
        <Button onClick={() => setAsking(true)}>{t('staged.discardAll')}</Button>
        <Button variant="primary" data-hotkey="r" onClick={onReview}>
          {t('staged.review')}
        </Button>
      </span>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        danger
        title={t('staged.discard.title', { count: all })}
        action={t('staged.discardAll')}
        onConfirm={() => Promise.resolve(onDiscard())}
      >
        {t('staged.discard.text')}
      </Confirm>
    </div>
  );
}
