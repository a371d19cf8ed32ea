import { Badge } from '#ui/badge.tsx';

/** Labels as `key=value`, at most `most` of them; the rest is counted. */
export function LabelsView({ labels, most = Infinity }: { labels: Record<string, string>; most?: number }) {
  const all = Object.entries(labels);
  return (
    <span className="flex flex-wrap gap-1">
      {all.slice(0, most).map(([key, value]) => (
        <Badge key={key} tone="outline" className="font-mono text-2xs font-normal">
          {value ? `${key}=${value}` : key}
        </Badge>
      ))}
      {all.length > most && <Badge>{`+${all.length - most}`}</Badge>}
    </span>
  );
}
