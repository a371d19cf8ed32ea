import { signal } from '#lib/signal.ts';
import type { Proposal } from '#features/workflows/ai/types.ts';
import type { Direction } from './graph/layout.ts';

/** How the builder is set up on this device; which panes are open, how wide, which way a graph runs. */
export interface View {
  palette: boolean;
  /** Pixels. */
  paletteWidth: number;
  panelWidth: number;
  /** The configuration takes the whole window. */
  panelFull: boolean;
  bottom: 'problems' | 'run' | null;
  bottomHeight: number;
  minimap: boolean;
  snap: boolean;
  mode: 'canvas' | 'list';
  direction: Direction;
  favourites: readonly string[];
  recent: readonly string[];
}
const DEFAULTS: View = {
  palette: true,
  paletteWidth: 248,
  panelWidth: 400,
  panelFull: false,
  bottom: null,
  bottomHeight: 220,
  minimap: true,
  snap: true,
  mode: 'canvas',
  direction: 'right',
  favourites: [],
  recent: [],
};
const RECENT = 8;

let owner = '';
const keyOf = (): string => `switchyard.builder.view.${owner}`;
const read = (): View => {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(keyOf()) ?? '{}') as Partial<View>) };
  } catch {
    return DEFAULTS;
  }
};

export const view = signal<View>(DEFAULTS);
export function changeView(change: Partial<View>): void {
  view.set({ ...view.get(), ...change });
  localStorage.setItem(keyOf(), JSON.stringify(view.get()));
}
/** Each person has their own, also where several use one browser. */
export function viewOf(userId: string): void {
  if (owner === userId) return;
  owner = userId;
  view.set(read());
}

export const used = (name: string): void => changeView({ recent: [name, ...view.get().recent.filter((one) => one !== name)].slice(0, RECENT) });
export function toggleFavourite(name: string): void {
  const { favourites } = view.get();
  changeView({ favourites: favourites.includes(name) ? favourites.filter((one) => one !== name) : [...favourites, name] });
}

/** A node to be brought into view and under the keyboard. */
export const revealed = signal<{ id: string } | null>(null);
/** Asks the configuration that is open to take the keyboard; taken away by whoever does. */
export const panelAsked = signal(false);
export const showPanel = (): void => panelAsked.set(true);

/** The same for the palette. */
export const paletteAsked = signal(false);
/** Help in words beside the graph; what is configured comes before it. */
export const assistOpen = signal(false);

/** Edits that are looked at in place of the graph, until they are accepted or left. */
export const preview = signal<{ proposals: readonly Proposal[]; chosen: ReadonlySet<number>; focus?: string | undefined } | null>(null);

/** Over the list of a small screen. */
export const paletteDrawer = signal(false);
export function showPalette(): void {
  changeView({ palette: true });
  paletteDrawer.set(true);
  paletteAsked.set(true);
  // At once where it is there: whoever types on must not press keys of the canvas meanwhile.
  document.querySelector<HTMLElement>('[data-palette]')?.focus();
}
