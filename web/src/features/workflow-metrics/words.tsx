import { compactNumber } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { currentLanguage } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Metric } from './types.ts';

const LARGE = 10_000;
/** What is less than one says its first four digits, wherever they begin. */
const plain = (value: number): string =>
  Math.abs(value) < 1 ? new Intl.NumberFormat(currentLanguage(), { maximumSignificantDigits: 4 }).format(value) : number(value);

/** `20 ms` */
export const figure = (value: number, unit: string | null): string => (unit === null ? plain(value) : `${plain(value)} ${unit}`);
/** Beside an axis, where there is little room. */
export const tick = (value: number): string => (Math.abs(value) < LARGE ? plain(value) : compactNumber(value));

/** `host=a site=fra` */
export const labelsText = ({ labels }: Pick<Metric, 'labels'>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

export const MetricLabels = ({ metric }: { metric: Pick<Metric, 'labels'> }) => (
  <span className="flex flex-wrap gap-1">
    {Object.entries(metric.labels).map(([name, value]) => (
      <Badge key={name} tone="outline" className="max-w-full font-mono [overflow-wrap:anywhere] whitespace-normal">
        {name}={value}
      </Badge>
    ))}
  </span>
);
