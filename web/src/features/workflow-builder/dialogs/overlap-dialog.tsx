import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { words } from '#lib/formats.ts';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Dialog } from '#ui/dialog.tsx';
import type { Conflict, Settle, Side } from '../graph/merge.ts';
import { go, useBuilder, useStore } from '../state/store.ts';

const nameOf = ({ nodeId, path }: Conflict): string => `${nodeId}${path ?? ''}`;
const MOST_CHARACTERS = 160;
const shown = (value: unknown): string =>
  value === undefined ? t('builder.overlap.nothing') : (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, MOST_CHARACTERS);

function One({ conflict, side, onSide }: { conflict: Conflict; side: Side; onSide: (side: Side) => void }) {
  const { name, path, mine, theirs } = conflict;
  const where = path === null ? name : `${name}: ${words(path.split('/').pop() ?? '')}`;
  const text = (value: unknown) => (path === null ? t(value === undefined ? 'builder.overlap.deleted' : 'builder.overlap.changed') : shown(value));
  return (
    <section className="flex flex-col gap-2 rounded-md border border-line p-3">
      <h3 className="font-medium">{where}</h3>
      <ChoiceList<Side>
        label={where}
        value={side}
        onChange={onSide}
        choices={[
          { value: 'mine', label: t('builder.overlap.mine'), help: <code className="[overflow-wrap:anywhere]">{text(mine)}</code> },
          { value: 'theirs', label: t('builder.overlap.theirs'), help: <code className="[overflow-wrap:anywhere]">{text(theirs)}</code> },
        ]}
      />
    </section>
  );
}

/** Somebody else changed the same field meanwhile: which of the two is meant. All else is together already. */
export function OverlapDialog({ onSettle }: { onSettle: (choice: Settle) => void }) {
  const overlap = useBuilder((state) => state.overlap);
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  if (!overlap) return null;
  const sideOf = (conflict: Conflict): Side => sides[nameOf(conflict)] ?? 'mine';
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={t('builder.overlap')}
      description={t('builder.overlap.text', { count: overlap.conflicts.length })}
      footer={
        <Button
          variant="primary"
          onClick={() => {
            onSettle(sideOf);
            setSides({});
          }}
        >
          {t('builder.overlap.take')}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {overlap.conflicts.map((conflict) => (
          <One
            key={nameOf(conflict)}
            conflict={conflict}
            side={sideOf(conflict)}
            onSide={(side) => setSides({ ...sides, [nameOf(conflict)]: side })}
          />
        ))}
      </div>
    </Dialog>
  );
}

/** A step back would take along what somebody else did since: asked before it is taken. */
export function DoubtDialog() {
  const store = useStore();
  const doubt = useBuilder((state) => state.doubt);
  if (!doubt) return null;
  const close = () => store.set({ doubt: null });
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t(doubt.way === 'undo' ? 'builder.doubt.undo' : 'builder.doubt.redo', { label: doubt.label })}
      description={t('builder.doubt.text')}
      footer={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button onClick={() => go(store, doubt.way, () => 'theirs')}>{t('builder.doubt.keep')}</Button>
          <Button variant="danger" onClick={() => go(store, doubt.way, () => 'mine')}>
            {t('builder.doubt.anyway')}
          </Button>
        </>
      }
    >
      <ul className="list-disc ps-5">
        {doubt.conflicts.map((conflict) => (
          <li key={nameOf(conflict)}>
            {conflict.name}
            {conflict.path && <code className="ms-1 text-ink-3 rtl:ms-0 rtl:me-1">{conflict.path}</code>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
