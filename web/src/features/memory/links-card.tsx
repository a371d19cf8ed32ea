import { Link } from '@tanstack/react-router';
import { ArrowRight, Link2, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { NoRows } from '#features/account/rows.tsx';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { AddLink, RemoveLink } from './memory-dialogs.tsx';
import type { MemoryDetail, MemoryLink } from './types.ts';

const idOf = ({ toId }: MemoryLink): string => toId.replace(/^memory:/, '');
const textOf = (link: MemoryLink): string => link.key ?? `${link.toType}:${link.toId}`;

/** Where it leads: another memory by its key, a server by its page, other things by what they are. */
const Target = ({ link }: { link: MemoryLink }) => {
  const classes = 'min-w-0 font-mono text-xs text-accent [overflow-wrap:anywhere] hover:underline';
  if (link.toType === 'memory' && link.key !== null)
    return (
      <Link to="/memory/$id" params={{ id: idOf(link) }} className={classes}>
        {link.key}
      </Link>
    );
  if (link.toType === 'server')
    return (
      <Link to="/infrastructure/servers/$id" params={{ id: link.toId }} className={classes}>
        {textOf(link)}
      </Link>
    );
  return <code className="min-w-0 text-xs [overflow-wrap:anywhere]">{textOf(link)}</code>;
};

/** What it is linked to, each with how. */
export function LinksCard({ memory }: { memory: MemoryDetail }) {
  const [open, setOpen] = useState<MemoryLink | 'new' | null>(null);
  const blocked = useBlocked('memory:write');
  return (
    <Card
      flush
      title={t('memory.links')}
      aside={
        <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setOpen('new')}>
          {t('memory.link.add')}
        </Button>
      }
    >
      {memory.links.length === 0 ? (
        <NoRows>{t('memory.links.none')}</NoRows>
      ) : (
        <ul className="divide-y divide-line">
          {memory.links.map((link) => (
            <li key={link.id} className="flex items-center gap-2 px-4 py-2">
              <Link2 aria-hidden className="size-3.5 shrink-0 text-ink-3" />
              <span className="shrink-0 text-ink-2">{words(link.relation)}</span>
              <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-3 rtl:rotate-180" />
              <span className="min-w-0 flex-1">
                <Target link={link} />
              </span>
              <Button
                size="icon-sm"
                variant="ghost"
                blocked={blocked}
                aria-label={t('memory.link.remove.to', { name: textOf(link) })}
                onClick={() => setOpen(link)}
              >
                <X aria-hidden className="size-3.5" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open === 'new' && <AddLink memory={memory} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <RemoveLink memory={memory} link={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
