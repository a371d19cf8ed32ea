import { ChevronRight, Lock, Search, Star, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { Button } from '#ui/button.tsx';
import { Input } from '#ui/input.tsx';
import { addSeed } from '../state/acts.ts';
import { useBuilder, useStore } from '../state/store.ts';
import { changeView, paletteAsked, toggleFavourite, used, view } from '../view.ts';
import { DRAGGED, offersOf, seedFrom, shelvesOf, type Offer, type Shelf } from './offers.ts';

/** Of one shelf; a search narrows what is left. */
const MOST = 60;

function OfferRow({ offer, liked, onAdd }: { offer: Offer; liked: boolean; onAdd: (offer: Offer) => void }) {
  const missing = offer.allowed ? null : t('blocked.permission', { permission: offer.missing ?? '' });
  return (
    <li className="group/offer relative">
      <button
        type="button"
        data-offer={offer.name}
        aria-disabled={!offer.allowed || undefined}
        draggable={offer.allowed}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, offer.name);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => offer.allowed && onAdd(offer)}
        className={cx(
          'flex w-full items-start gap-2 rounded-md py-1.5 ps-2 pe-8 text-start -outline-offset-2',
          offer.allowed ? 'cursor-grab! hover:bg-hover' : 'cursor-not-allowed! text-ink-3',
        )}
      >
        {offer.allowed ? (
          <NodeIcon name={offer.icon} className="mt-0.5 size-4 shrink-0 text-ink-2" />
        ) : (
          <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
        )}
        <span className="min-w-0">
          <span className="block truncate text-sm font-medium">{offer.label}</span>
          <span className="line-clamp-2 text-xs text-ink-3">{missing ?? offer.summary}</span>
        </span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={liked}
        aria-label={t('builder.palette.like', { name: offer.label })}
        onClick={() => toggleFavourite(offer.name)}
        className={cx(
          'absolute end-1 top-1.5 grid size-6 place-items-center rounded-sm text-ink-3 hover:text-accent focus-visible:opacity-100',
          !liked && 'opacity-0 group-focus-within/offer:opacity-100 group-hover/offer:opacity-100',
        )}
      >
        <Star aria-hidden className={cx('size-3.5', liked && 'fill-current text-accent')} />
      </button>
    </li>
  );
}

function ShelfView({
  shelf,
  open,
  onToggle,
  favourites,
  onAdd,
}: {
  shelf: Shelf;
  open: boolean;
  onToggle: () => void;
  favourites: readonly string[];
  onAdd: (offer: Offer) => void;
}) {
  const shown = shelf.offers.slice(0, MOST);
  return (
    <section>
      <h3>
        <button
          type="button"
          data-shelf={shelf.name}
          aria-expanded={open}
          onClick={onToggle}
          className="flex w-full items-center gap-1 rounded-sm px-1 py-1 text-xs font-medium text-ink-2 -outline-offset-2 hover:text-ink"
        >
          <ChevronRight aria-hidden className={cx('size-3 transition-transform rtl:rotate-180', open && 'rotate-90')} />
          <span className="flex-1 truncate text-start">{shelf.label}</span>
          <span className="text-2xs text-ink-3">{shelf.offers.length}</span>
        </button>
      </h3>
      {open && (
        <ul>
          {shown.map((offer) => (
            <OfferRow key={offer.name} offer={offer} liked={favourites.includes(offer.name)} onAdd={onAdd} />
          ))}
          {shelf.offers.length > MOST && (
            <li className="px-2 py-1 text-xs text-ink-3">{t('builder.palette.more', { count: shelf.offers.length - MOST })}</li>
          )}
        </ul>
      )}
    </section>
  );
}

/** Up and down through what is offered, and back to the search above it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-shelf], [data-offer]')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function SlotLine() {
  const store = useStore();
  const text = useBuilder(({ slot, past }) => {
    if (slot.kind === 'free') return null;
    const name = past.doc.nodes[slot.kind === 'after' ? slot.node : (past.doc.connections[slot.line]?.source ?? '')]?.name ?? '';
    return slot.kind === 'after' ? t('builder.palette.after', { name, port: slot.port }) : t('builder.palette.between', { name });
  });
  if (text === null) return null;
  return (
    <p role="status" className="flex items-center gap-1 rounded-md bg-accent-wash px-2 py-1 text-xs text-accent">
      <span className="min-w-0 flex-1">{text}</span>
      <button type="button" aria-label={t('builder.palette.anywhere')} onClick={() => store.set({ slot: { kind: 'free' } })}>
        <X aria-hidden className="size-3.5" />
      </button>
    </p>
  );
}

/** Shelves that are open from the first; Operations wait to be asked for. */
const isOpenAtFirst = (name: string): boolean => !name.startsWith('op:');

function usePalette(onAdded?: () => void) {
  const store = useStore();
  const types = useBuilder((state) => state.types);
  const [text, setText] = useState('');
  const { favourites, recent } = view.use();
  const offers = useMemo(() => offersOf(types), [types]);
  const shelves = useMemo(() => shelvesOf(offers, text, favourites, recent), [offers, text, favourites, recent]);
  const add = (offer: Offer) => {
    const seed = seedFrom(types, offer.name);
    if (!seed || addSeed(store, seed) === null) return;
    used(offer.name);
    setText('');
    onAdded?.();
  };
  return { text, setText, favourites, shelves, add, first: shelves[0]?.offers.find(({ allowed }) => allowed) };
}

/** Everything that can be a step: types of nodes, and every Operation that the person may run. */
export function Palette({ onClose, onAdded }: { onClose: () => void; onAdded?: () => void }) {
  const { text, setText, favourites, shelves, add, first } = usePalette(onAdded);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const input = useRef<HTMLInputElement>(null);
  const asked = paletteAsked.use();
  useEffect(() => {
    if (!asked) return;
    input.current?.focus();
    paletteAsked.set(false);
  }, [asked]);
  const searching = text.trim() !== '';
  const toggle = (name: string) => setTurned(new Set(turned.has(name) ? [...turned].filter((one) => one !== name) : [...turned, name]));
  return (
    // Arrows lead through what it offers; the keys of the buttons themselves stay theirs.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut beside Tab, not the only way
    <section aria-label={t('builder.palette')} onKeyDown={walk} className="flex h-full min-h-0 flex-col gap-2 bg-surface p-2">
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1">
          <Search aria-hidden className="pointer-events-none absolute start-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3" />
          <Input
            ref={input}
            data-palette
            type="search"
            aria-label={t('builder.palette.search')}
            placeholder={t('builder.palette.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && first) add(first);
              if (event.key === 'Escape') onClose();
            }}
            className="ps-7!"
          />
        </div>
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={t('builder.palette.close')}
          onClick={() => changeView({ palette: false })}
          className={cx(onAdded && 'hidden')}
        >
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <SlotLine />
      <div className="flex min-h-0 flex-1 flex-col gap-1 overflow-y-auto">
        {shelves.map((shelf) => (
          <ShelfView
            key={shelf.name}
            shelf={shelf}
            open={searching || isOpenAtFirst(shelf.name) !== turned.has(shelf.name)}
            onToggle={() => toggle(shelf.name)}
            favourites={favourites}
            onAdd={add}
          />
        ))}
        {shelves.length === 0 && <p className="px-2 py-4 text-ink-3">{t('builder.palette.none')}</p>}
      </div>
    </section>
  );
}
