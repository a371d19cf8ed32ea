import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Input } from '#ui/input.tsx';
import { find } from '../graph/find.ts';
import { useBuilder, useDoc } from '../state/store.ts';

const MOST = 50;
/** Finds nodes by anything that is written in them, and goes there. */
export function FindDialog({ onClose, onGo }: { onClose: () => void; onGo: (id: string) => void }) {
  const doc = useDoc();
  const types = useBuilder((state) => state.types);
  const [text, setText] = useState('');
  const hits = useMemo(() => find(doc, text, (type) => types.of(type)?.label ?? type), [doc, text, types]);
  const go = (id: string) => {
    onClose();
    onGo(id);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('builder.find')}>
      <div className="flex flex-col gap-3">
        <Input
          autoFocus
          type="search"
          aria-label={t('builder.find.text')}
          placeholder={t('builder.find.text')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && hits[0] && go(hits[0].node.id)}
        />
        <p role="status" className="text-xs text-ink-3">
          {text.trim() === '' ? t('builder.find.help') : t('builder.find.count', { count: hits.length })}
        </p>
        <ul className="flex flex-col">
          {hits.slice(0, MOST).map(({ node, pointer, text: where }) => (
            <li key={node.id}>
              <button type="button" onClick={() => go(node.id)} className="flex w-full flex-col rounded-md px-2 py-1.5 text-start hover:bg-hover">
                <span className="font-medium">{node.name}</span>
                <span className="truncate text-xs text-ink-3">
                  <code>{pointer.replace(/^\//, '')}</code> {where.slice(0, 120)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
