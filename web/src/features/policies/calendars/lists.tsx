import { Pencil, Snowflake, Trash2 } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';

import type { FreezeCalendar, FreezeEntry, Open } from './types.ts';

interface ActsProps {
  name: string;
  onEdit: () => void;
  onDelete: () => void;
}
function Acts({ name, onEdit, onDelete }: ActsProps) {
  const blocked = useBlocked('calendars:write');
  return (
    <span className="flex gap-1">
      <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('calendars.edit.of', { name })} onClick={onEdit}>
        <Pencil aria-hidden className="size-3.5" />
      </Button>
      <Button size="icon-sm" variant="ghost" blocked={blocked} aria-label={t('calendars.delete.of', { name })} onClick={onDelete}>
        <Trash2 aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}

/** The freezes of the month that is shown; on a phone this is where they are read. */
export const EntryList = ({
  entries,
  month,
  onOpen,
}: {
  entries: readonly FreezeEntry[] | undefined;
  month: string;
  onOpen: (open: Open) => void;
}) => (
  <Card flush title={t('calendars.entries', { month })}>
    {!entries ? (
      <div className="p-4">
        <SkeletonText lines={2} />
      </div>
    ) : entries.length === 0 ? (
      <p className="p-4 text-ink-2">{t('calendars.entries.none')}</p>
    ) : (
      <ul className="divide-y divide-line">
        {entries.map((entry) => (
          <li key={entry.id} className="flex items-start gap-2 px-4 py-2.5">
            <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <p className="font-medium">{entry.title}</p>
              <p className="text-xs text-ink-2">
                <Time at={entry.startsAt} /> – <Time at={entry.endsAt} /> · {entry.calendar}
              </p>
              {entry.note && <p className="text-xs text-ink-3">{entry.note}</p>}
            </div>
            <Acts name={entry.title} onEdit={() => onOpen({ act: 'edit', entry })} onDelete={() => onOpen({ act: 'delete', entry })} />
          </li>
        ))}
      </ul>
    )}
  </Card>
);

/** The calendars, and which rules name them. */
export const CalendarList = ({ calendars, onOpen }: { calendars: readonly FreezeCalendar[]; onOpen: (open: Open) => void }) => (
  <Card flush title={t('calendars.calendars')}>
    <ul className="divide-y divide-line">
      {calendars.map((calendar) => (
        <li key={calendar.id} className="flex items-start gap-2 px-4 py-2.5">
          <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <p className="flex flex-wrap items-center gap-2">
              <code className="text-xs font-semibold">{calendar.name}</code>
              {calendar.isFrozen && (
                <Badge tone="warn" icon={<Snowflake aria-hidden />}>
                  {t('calendars.frozen')}
                </Badge>
              )}
            </p>
            {calendar.description && <p className="text-ink-2">{calendar.description}</p>}
            <p className="text-xs text-ink-3">
              {calendar.timezone} · {calendar.usedBy.length > 0 ? t('calendars.used', { rules: calendar.usedBy.join(', ') }) : t('calendars.unused')}
            </p>
          </div>
          <Acts name={calendar.name} onEdit={() => onOpen({ act: 'calendar', calendar })} onDelete={() => onOpen({ act: 'remove', calendar })} />
        </li>
      ))}
    </ul>
  </Card>
);
