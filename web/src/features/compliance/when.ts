/** When a report is made, in the words of a form; what they do not say stays as the five fields of cron. */
export interface When {
  every: 'day' | 'week' | 'month' | 'quarter' | 'other';
  /** `06:00` */
  time: string;
  /** 0 is Sunday. */
  weekday: string;
  day: string;
  cron: string;
}

const FIRST: Omit<When, 'every' | 'cron'> = { time: '06:00', weekday: '1', day: '1' };
const two = (number: string | undefined): string => (number ?? '').padStart(2, '0');

/** The words for five fields, as far as there are any. */
export function whenOf(cron: string): When {
  const [, minute, hour, day, month, weekday] = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) (\*|1,4,7,10) (\*|[0-6])$/.exec(cron.trim()) ?? [];
  const said = { ...FIRST, cron, time: hour === undefined ? FIRST.time : `${two(hour)}:${two(minute)}` };
  if (hour === undefined) return { ...said, every: 'other' };
  if (day === '*' && month === '*') return weekday === '*' ? { ...said, every: 'day' } : { ...said, every: 'week', weekday: weekday! };
  if (day !== '*' && weekday === '*') return { ...said, every: month === '*' ? 'month' : 'quarter', day: day! };
  return { ...said, every: 'other' };
}

/** The five fields; empty while they are not said. */
export function cronOf({ every, time, weekday, day, cron }: When): string {
  if (every === 'other') return cron.trim();
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour) || Number.isNaN(minute)) return '';
  const rest = { day: '* * *', week: `* * ${weekday}`, month: `${day} * *`, quarter: `${day} 1,4,7,10 *` }[every];
  return `${minute} ${hour} ${rest}`;
}
