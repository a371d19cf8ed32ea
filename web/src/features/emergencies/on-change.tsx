import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { Change, Conflict, EmergencyUse } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { DeclareDialog } from './declare-dialog.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { UseFacts } from './use-facts.tsx';

/** The button on the page of a Change that waits for an approval. */
function DeclareButton({ change }: { change: Change }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger-quiet" icon={<TriangleAlert aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
        {t('changes.emergency')}
      </Button>
      {open && <DeclareDialog change={change} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What an emergency skipped, and its review. */
function UseCard({ change, use }: { change: Change; use: EmergencyUse }) {
  const [open, setOpen] = useState(false);
  const { allowed, reason } = change.actions.review;
  return (
    <Card
      title={
        <span className="flex items-center gap-1.5 text-bad">
          <TriangleAlert aria-hidden className="size-4" />
          {t('changes.emergency')}
        </span>
      }
      className="border-bad/45"
    >
      <div className="flex flex-col gap-3">
        <UseFacts use={use} />
        {!use.review && (
          <div>
            <Button size="sm" blocked={allowed ? null : reason} onClick={() => setOpen(true)}>
              {t('emergency.review.open.act')}
            </Button>
          </div>
        )}
      </div>
      {open && <ReviewDialog change={change} use={use} onClose={() => setOpen(false)} />}
    </Card>
  );
}

/** What else is under way on the same targets, and freezes. */
const ConflictsCard = ({ conflicts }: { conflicts: readonly Conflict[] }) => (
  <Card title={t('conflict.title')} className="border-warn/45">
    <ul className="flex flex-col gap-2">
      {conflicts.map(({ kind, id, name, operation, state, targets, until }) => (
        <li key={`${name} ${until}`}>
          {kind === 'change' && id ? (
            <Link to="/changes/$id" params={{ id: name }} className="font-mono text-xs text-accent hover:underline">
              {name}
            </Link>
          ) : (
            <span className="font-medium">{t('conflict.calendar', { name })}</span>
          )}{' '}
          {state && <State value={state} variant="plain" />}
          <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
            {operation && `${operation}: ${targets.join(', ')}`}
            {kind === 'calendar' && until && (
              <>
                {t('conflict.until')} <Time at={until} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  </Card>
);

/** What the page of a Change says besides: the way to skip what it waits for, what was skipped, what agreed to it, and what is in its way. */
export const Besides = ({ change, act = false }: { change: Change; act?: boolean }) =>
  act ? (
    <DeclareButton change={change} />
  ) : (
    <>
      {change.emergencyUse && <UseCard change={change} use={change.emergencyUse} />}
      {change.template && (
        <Card title={t('template.agreed')}>
          <Link to="/settings/change-templates" className="text-accent hover:underline">
            {change.template.name}
          </Link>
        </Card>
      )}
      {change.conflicts.length > 0 && <ConflictsCard conflicts={change.conflicts} />}
    </>
  );
