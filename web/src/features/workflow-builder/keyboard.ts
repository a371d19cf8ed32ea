import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { FIT } from './canvas/fit.ts';
import { flowOrder, hangs, linesOf } from './graph/lines.ts';
import { GRID } from './graph/acts.ts';
import { arrange, copied, duplicate, group, nudge, pasteText, pin, removeChosen, switchOff, ungroup } from './state/acts.ts';
import { go, openNode, select, type Store } from './state/store.ts';
import { revealed, showPalette, showPanel, view } from './view.ts';

/** What the page does beyond the graph itself. */
export interface PageActs {
  save: () => void;
  run: () => void;
}
interface Around extends PageActs {
  store: Store;
  fit: () => void;
  zoom: (by: 'in' | 'out' | 1) => void;
  /** Chooses a node and brings it into view and under the keyboard. */
  focus: (id: string) => void;
}
type Act = (around: Around) => boolean | void;

const only = (store: Store): string | null => {
  const [first, second] = store.get().selection;
  return first !== undefined && second === undefined ? first : null;
};
const withOnly = (act: (store: Store, id: string) => void): Act => ({ store }) => {
  const id = only(store);
  if (id !== null) act(store, id);
  return id !== null;
}; // prettier-ignore

/** To the node before or behind in the order of the flow; past either end the browser's own order goes on. */
const step =
  (by: 1 | -1): Act =>
  ({ store, focus }) => {
    const order = flowOrder(store.get().past.doc);
    const [first] = store.get().selection;
    const at = first === undefined ? (by === 1 ? -1 : order.length) : order.indexOf(first);
    const next = order[at + by];
    if (next === undefined) return false;
    focus(next);
    return true;
  };

type Way = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
type DocOf = { past: { doc: Parameters<typeof linesOf>[0] } };
/** Among what hangs on one node: beside each other, and up to it. */
function alongHung({ past: { doc } }: DocOf, id: string, way: Way): string | undefined {
  const { into, out } = linesOf(doc, { hanging: true });
  const hung = (from: string) => (out.get(from) ?? []).filter(hangs).map(({ target }) => target);
  const above = into.get(id)?.find(hangs)?.source;
  if (above === undefined || way === 'ArrowDown') return hung(id)[0];
  if (way === 'ArrowUp') return above;
  return hung(above)[hung(above).indexOf(id) + (way === 'ArrowRight' ? 1 : -1)];
}
/** Where a line leads from here: on, back, to the next of several that come from the same place, or down to tools and up again. */
export function alongLine(state: DocOf, id: string, way: Way): string | undefined {
  const { into, out } = linesOf(state.past.doc);
  const next = (out.get(id) ?? []).map(({ target }) => target);
  const [before] = (into.get(id) ?? []).map(({ source }) => source);
  if (before === undefined && next.length === 0) return alongHung(state, id, way);
  if (way === 'ArrowRight') return next[0];
  if (way === 'ArrowLeft' || before === undefined) return way === 'ArrowDown' ? alongHung(state, id, way) : before;
  const siblings = out.get(before)!.map(({ target }) => target);
  if (way === 'ArrowUp') return siblings[siblings.indexOf(id) - 1];
  return siblings[siblings.indexOf(id) + 1] ?? alongHung(state, id, way);
}
const along = (way: Way): Act => ({ store, focus }) => {
  const id = only(store);
  const next = id === null ? undefined : alongLine(store.get(), id, way);
  if (next !== undefined) focus(next);
}; // prettier-ignore
const move = (x: number, y: number): Act => ({ store }) => store.get().selection.size > 0 && (nudge(store, x, y), true); // prettier-ignore

const escape: Act = ({ store }) => {
  const { open, selection, lines } = store.get();
  if (open !== null) store.set({ open: null });
  else if (selection.size + lines.size > 0) select(store, []);
  store.set({ slot: { kind: 'free' } });
};
const palette: Act = () => showPalette();
const selectAll: Act = ({ store }) => select(store, Object.keys(store.get().past.doc.nodes));
const STEP = 1;

/** Keys of workflows.md 14.3, as `mod+shift+alt+key`. */
export const KEYS: Readonly<Record<string, Act>> = {
  'mod+z': ({ store }) => go(store, 'undo'),
  'mod+shift+z': ({ store }) => go(store, 'redo'),
  'mod+y': ({ store }) => go(store, 'redo'),
  a: palette,
  '/': palette,
  enter: withOnly((store, id) => {
    openNode(store, id);
    showPanel();
  }),
  delete: ({ store }) => removeChosen(store),
  backspace: ({ store }) => removeChosen(store),
  'mod+d': ({ store }) => (duplicate(store), true),
  'mod+a': selectAll,
  'mod+s': ({ save }) => save(),
  'mod+shift+s': ({ store }) => store.set({ dialog: 'publish' }),
  'mod+enter': ({ run }) => run(),
  'mod+f': ({ store }) => store.set({ dialog: 'find' }),
  '0': ({ fit }) => fit(),
  '1': ({ zoom }) => zoom(1),
  '+': ({ zoom }) => zoom('in'),
  '=': ({ zoom }) => zoom('in'),
  '-': ({ zoom }) => zoom('out'),
  d: ({ store }) => switchOff(store),
  p: withOnly(pin),
  g: ({ store }) => group(store),
  'shift+g': ({ store }) => ungroup(store),
  l: ({ store }) => arrange(store, view.get().direction),
  c: withOnly((store) => store.set({ dialog: 'connect' })),
  '?': ({ store }) => store.set({ dialog: 'keys' }),
  escape,
  arrowleft: move(-STEP, 0),
  arrowright: move(STEP, 0),
  arrowup: move(0, -STEP),
  arrowdown: move(0, STEP),
  'shift+arrowleft': move(-GRID, 0),
  'shift+arrowright': move(GRID, 0),
  'shift+arrowup': move(0, -GRID),
  'shift+arrowdown': move(0, GRID),
  'alt+arrowleft': along('ArrowLeft'),
  'alt+arrowright': along('ArrowRight'),
  'alt+arrowup': along('ArrowUp'),
  'alt+arrowdown': along('ArrowDown'),
};
/** Work everywhere on the page, also while one types. */
const EVERYWHERE = new Set(['mod+s', 'mod+shift+s', 'mod+enter']);
/** Belong to the canvas alone: elsewhere they are the browser's. */
const ON_CANVAS = new Set(['enter', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'mod+a']);

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;
/** A sign is itself, wherever a keyboard has it: on some it takes Shift. */
const isSign = (key: string): boolean => key.length === 1 && key.toLowerCase() === key.toUpperCase();
export const nameOf = ({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string =>
  [ctrlKey || metaKey ? 'mod' : '', shiftKey && !isSign(key) ? 'shift' : '', altKey ? 'alt' : '', key.toLowerCase()].filter(Boolean).join('+');

const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], .cm-editor') !== null;
const layered = (): boolean => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]') !== null;
const onCanvas = (target: EventTarget | null): boolean =>
  target instanceof Element && (target === document.body || target.closest('[data-canvas]') !== null);
const onButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, [role="tab"], [role="checkbox"]') !== null;

function actFor(event: KeyboardEvent): Act | undefined {
  const name = nameOf(event);
  if (layered() || (typing(event.target) && !EVERYWHERE.has(name))) return undefined;
  const canvas = onCanvas(event.target);
  if (event.key === 'Tab') return canvas && !event.ctrlKey && !event.altKey ? step(event.shiftKey ? -1 : 1) : undefined;
  if (ON_CANVAS.has(name) && (!canvas || onButton(event.target))) return undefined;
  return KEYS[name];
}

/** All keys of the builder, and copy, cut and paste of nodes as text. */
export function useKeyboard(store: Store, acts: PageActs): void {
  const flow = useReactFlow();
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const around: Around = {
      store,
      save: () => latest.current.save(),
      run: () => latest.current.run(),
      fit: () => void flow.fitView(FIT),
      zoom: (by) => void (by === 1 ? flow.zoomTo(1) : by === 'in' ? flow.zoomIn() : flow.zoomOut()),
      focus(id) {
        select(store, [id]);
        revealed.set({ id });
      },
    };
    const onKey = (event: KeyboardEvent) => {
      const act = actFor(event);
      if (act && act(around) !== false) event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      if (typing(event.target) || layered() || document.getSelection()?.toString()) return;
      const text = copied(store.get());
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') removeChosen(store);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (typing(event.target) || layered()) return;
      if (pasteText(store, event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, flow]);
}
