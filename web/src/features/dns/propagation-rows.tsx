import { Ban, CircleCheck, CircleX, Clock, History, Hourglass, ShieldCheck, TriangleAlert, Unplug, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { clockTime, duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { Progress } from '#ui/progress.tsx';
import type { CheckRow, Verdict } from './propagation.ts';

const looks: Record<Verdict, [ink: string, icon: LucideIcon]> = {
  in_sync: ['text-good', CircleCheck],
  old_serial: ['text-warn', History],
  stale_cache: ['text-warn', Hourglass],
  negative_cache: ['text-warn', Hourglass],
  mismatch: ['text-bad', TriangleAlert],
  lame: ['text-bad', Ban],
  unreachable: ['text-bad', Unplug],
  timeout: ['text-bad', Clock],
  servfail: ['text-bad', CircleX],
};

/** Whole seconds since a moment, moving. */
function useSecondsSince(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - at) / 1000));
}

const VerdictText = ({ verdict }: { verdict: Verdict }) => {
  const [ink, Icon] = looks[verdict];
  return (
    <span className="inline-flex items-center gap-1.5 font-medium whitespace-nowrap">
      <Icon aria-hidden className={cx('size-4 shrink-0', ink)} />
      {t(`check.verdict.${verdict}`)}
    </span>
  );
};

/** What is left of the time for which a cache may keep the old; counts down between two checks. */
const Left = ({ row, age }: { row: CheckRow; age: number }) => {
  const left = row.ttl === null ? null : row.role === 'resolver' ? Math.max(0, row.ttl - age) : row.ttl;
  return (
    <span className="whitespace-nowrap">
      {left === null ? '—' : left === 0 ? '0 s' : duration(left)}
      {row.until && <span className="block text-xs text-ink-3">{t('check.until', { time: clockTime(row.until) })}</span>}
    </span>
  );
};

const Line = ({ row, age }: { row: CheckRow; age: number }) => (
  <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,14rem)_10rem_minmax(0,1fr)_7rem_5rem]">
    <span className="min-w-0">
      <span className="block truncate font-medium">{row.host}</span>
      <code className="block truncate text-xs text-ink-3">{row.address}</code>
    </span>
    <span className="max-md:justify-self-end">
      <VerdictText verdict={row.verdict} />
    </span>
    <span className="min-w-0 max-md:col-span-2">
      {row.values.length > 0 ? (
        <code className="line-clamp-3 text-xs leading-5 text-ink-2 [overflow-wrap:anywhere]">{row.values.join('\n')}</code>
      ) : (
        <span className="text-xs text-ink-3">{row.reason ?? t('check.noAnswer')}</span>
      )}
      <span className="flex flex-wrap gap-x-2 text-xs text-ink-3">
        {row.serial !== null && (
          <span>
            {t('zones.column.serial')} <code>{row.serial}</code>
          </span>
        )}
        {row.authenticated && (
          <span className="inline-flex items-center gap-1">
            <ShieldCheck aria-hidden className="size-3" /> DNSSEC
          </span>
        )}
        {row.tcp && <span>TCP</span>}
      </span>
    </span>
    <span>
      <span className="me-1.5 text-xs text-ink-3 md:hidden">TTL</span>
      <Left row={row} age={age} />
    </span>
    <span className="text-end text-xs text-ink-3">{row.ms === null ? '' : `${row.ms} ms`}</span>
  </li>
);

/** The servers of one role with what each of them answered. */
export function PropagationRows({
  role,
  rows,
  percent,
  at,
}: {
  role: CheckRow['role'];
  rows: readonly CheckRow[];
  percent: number | null;
  at: number;
}) {
  const age = useSecondsSince(at);
  if (rows.length === 0) return null;
  return (
    <Card
      flush
      title={t(`check.${role}`)}
      aside={
        percent !== null && (
          <span className="flex items-center gap-2">
            <Progress className="w-24!" value={percent} label={t(`check.${role}`)} tone={percent === 100 ? 'good' : 'warn'} />
            <span className="w-10 text-end font-medium text-ink">{percent} %</span>
          </span>
        )
      }
    >
      <ul className="divide-y divide-line">
        {rows.map((row, i) => (
          <Line key={`${row.host} ${row.address} ${i}`} row={row} age={age} />
        ))}
      </ul>
    </Card>
  );
}
