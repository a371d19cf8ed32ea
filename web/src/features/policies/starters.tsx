import { Link } from '@tanstack/react-router';
import { Bot, CalendarClock, ShieldCheck, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useBlocked } from '#ui/permission-gate.tsx';
import { TEMPLATE_NAMES, type TemplateName } from './search.ts';

const icons: Record<TemplateName, LucideIcon> = { 'production-approval': ShieldCheck, 'office-hours-freeze': CalendarClock, 'agents-plan-only': Bot };

/** Sets that many begin with, each one click from the editor. */
export function Starters() {
  const blocked = useBlocked('policies:write');
  return (
    <section aria-labelledby="starters" className="flex flex-col gap-3">
      <div>
        <h2 id="starters" className="font-semibold">
          {t('policies.starters')}
        </h2>
        <p className="text-ink-2">{blocked ?? t('policies.starters.text')}</p>
      </div>
      {!blocked && (
        <ul className="grid gap-3 sm:grid-cols-3">
          {TEMPLATE_NAMES.map((name) => {
            const Icon = icons[name];
            return (
              <li key={name} className="relative flex gap-3 rounded-lg border border-line bg-surface p-4 hover:bg-hover">
                <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
                <div className="min-w-0">
                  <Link to="/policies/new" search={{ from: name }} className="font-medium after:absolute after:inset-0">
                    {t(`policies.starter.${name}`)}
                  </Link>
                  <p className="mt-0.5 text-xs text-ink-2">{t(`policies.starter.${name}.text`)}</p>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
