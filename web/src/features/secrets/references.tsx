import { Link } from '@tanstack/react-router';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import type { Reference } from './types.ts';

const PAGES: Record<string, string> = { cloud: '/settings/cloud-providers', webhook: '/settings/webhooks' };
const kindWords = (kind: string): string => {
  const key = `secrets.user.${kind}`;
  return hasText(key) ? t(key) : words(kind);
};

/** What names a secret, and in which of its fields. */
export const References = ({ references }: { references: readonly Reference[] }) => (
  <ul className="flex flex-col gap-1.5">
    {references.map(({ kind, id, name, pointer }) => {
      const page = PAGES[kind];
      return (
        <li key={`${kind} ${id} ${pointer}`} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="text-ink-2">{kindWords(kind)}</span>
          {page ? (
            <Link to={page} className="font-medium text-accent hover:underline">
              {name}
            </Link>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          <code className="text-xs text-ink-2 [overflow-wrap:anywhere]">{pointer}</code>
        </li>
      );
    })}
  </ul>
);
