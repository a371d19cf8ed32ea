import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCcw } from 'lucide-react';
import { Loaded } from '#features/account/loaded.tsx';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Time } from '#ui/time.tsx';
import { versionsQuery } from './api.ts';
import type { SecretDetail, SecretVersion } from './types.ts';

interface RowProps {
  version: SecretVersion;
  blocked: string | null;
  onRollback: (version: number) => void;
}
const Row = ({ version, blocked, onRollback }: RowProps) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
    <div className="min-w-0 flex-1 basis-64">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{t('secrets.version.of', { number: version.number })}</span>
        {version.current && <Badge tone="good">{t('secrets.version.current')}</Badge>}
        {version.generated && <Badge tone="outline">{t('secrets.version.generated')}</Badge>}
        {version.restoredFrom !== null && <Badge tone="outline">{t('secrets.version.restored', { number: version.restoredFrom })}</Badge>}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
        <span>
          {version.createdBy.name}, <Time at={version.createdAt} />
        </span>
        <span>{t('secrets.version.bytes', { count: version.bytes, shown: number(version.bytes) })}</span>
        {version.changeId && (
          <Link to="/changes/$id" params={{ id: version.changeId }} className="text-accent hover:underline">
            {t('audit.change')}
          </Link>
        )}
      </p>
    </div>
    {!version.current && (
      <Button
        size="sm"
        blocked={blocked}
        icon={<RotateCcw aria-hidden className="size-3.5" />}
        aria-label={t('secrets.rollback.to', { version: version.number })}
        onClick={() => onRollback(version.number)}
      >
        {t('secrets.rollback')}
      </Button>
    )}
  </li>
);

/** Every value that is kept, without the values: which is in force, and the way back to an earlier one. */
export function VersionsTab({ secret, onRollback }: { secret: SecretDetail; onRollback: (version: number) => void }) {
  const versions = useQuery(versionsQuery(secret.id));
  const rotates = useBlocked('secrets:rotate');
  const blocked = secret.deletedAt ? t('secrets.deleted.first') : rotates;
  return (
    <Loaded query={versions} lines={5}>
      {(items) => (
        <Card flush title={t('secrets.versions')} aside={t('secrets.versions.kept')}>
          <ul className="divide-y divide-line">
            {items.map((version) => (
              <Row key={version.number} version={version} blocked={blocked} onRollback={onRollback} />
            ))}
          </ul>
        </Card>
      )}
    </Loaded>
  );
}
