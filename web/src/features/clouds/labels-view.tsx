import { cx } from '#lib/cx.ts';
import { Badge } from '#ui/badge.tsx';

/** Labels as `key=value`, at most `most` of them on one line; the rest is counted. */
export function LabelsView({ labels, most = Infinity }: { labels: Record<string, string>; most?: number }) {
  const all = Object.entries(labels);
  return (
    <span className={cx('flex gap-1', most === Infinity ? 'flex-wrap' : 'overflow-hidden')}>
      {all.slice(0, most).map(([key, value]) => (
        <Badge key={key} tone="outline" className="font-mono text-2xs font-normal">
          {value ? `${key}=${value}` : key}
        </Badge>
      ))}
      {all.length > most && <Badge>{`+${all.length - most}`}</Badge>}
    </span>
  );
}
