import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { markedWords } from '#features/knowledge/marks.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { contentQuery } from './api.ts';
import { bestOf, excerptOf } from './hits.ts';
import type { MemoriesSearch } from './search.ts';
import { nameOf, Sensitivity, Space } from './words.tsx';

/** Without a space that is chosen: what the organisation keeps, and what one keeps for oneself. */
const SPACES = ['tenant', 'user'];

/** Memories whose content has what is searched for, by words and by meaning; nothing while there are none. */
export function ContentHits({ search }: { search: MemoriesSearch }) {
  const found = useQueries({ queries: (search.space ? [search.space] : SPACES).map((space) => contentQuery(space, search)) });
  const hits = bestOf(found.map(({ data }) => data?.results ?? []));
  const question = search.q ?? '';
  return (
    <div aria-live="polite" className="empty:-mb-5">
      {hits.length > 0 && (
        <Card title={t('memory.contents')} className="mb-3">
          <ol className="flex flex-col gap-3">
            {hits.map((hit) => (
              <li key={hit.id} className="flex flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <Link to="/memory/$id" params={{ id: hit.id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
                    {nameOf(hit)}
                  </Link>
                  <span className="text-xs text-ink-3">
                    <Space space={hit.space} />
                  </span>
                  {hit.content === null && <Sensitivity value={hit.sensitivity} />}
                </span>
                {hit.content !== null && (
                  <span className="line-clamp-2 text-ink-2 [overflow-wrap:anywhere]">
                    {markedWords(excerptOf(hit.content, question), question).map(({ text, marked }, at) =>
                      marked ? (
                        <mark key={at} className="rounded-xs bg-warn-wash text-ink">
                          {text}
                        </mark>
                      ) : (
                        text
                      ),
                    )}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </Card>
      )}
    </div>
  );
}
