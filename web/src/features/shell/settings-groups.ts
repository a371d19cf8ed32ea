import { signal } from '#lib/signal.ts';
import type { NavGroup } from './navigation.ts';

/** The entries of settings, once `loadSettingsNavigation` has brought them; no first page needs them. */
export const settingsGroups = signal<readonly NavGroup[]>([]);
export async function loadSettingsNavigation(): Promise<void> {
  settingsGroups.set((await import('./settings-navigation.ts')).settingsNavigation);
}
