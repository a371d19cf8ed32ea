import { queryOptions } from '@tanstack/react-query';
import type { Answer } from './answers.ts';
import { request } from './api.ts';
import { chooseLanguage, currentLanguage, LANGUAGES, type Language } from './i18n.ts';
import { queryClient } from './query.ts';
import { readAs } from './reader.ts';
import { setTheme } from './theme.ts';

/** A person's own, on every device. A language that we do not speak, or none, leaves the choice to the browser; so does no zone. */
export type Preferences = Answer<'users.me.preferences.get'>;
export const preferencesQuery = queryOptions({
  queryKey: ['/users/me/preferences'],
  queryFn: ({ signal }) => request<Preferences>('GET', '/users/me/preferences', { signal }),
  staleTime: 300_000,
});

/** Makes this device look as the person likes it. */
export async function applyPreferences({ theme, locale, zone, dateFormat }: Preferences): Promise<void> {
  setTheme(theme);
  readAs({ zone, dateFormat });
  const language = locale?.slice(0, 2) as Language | undefined;
  if (language && language in LANGUAGES && language !== currentLanguage()) await chooseLanguage(language);
}

export async function savePreferences(patch: Partial<Omit<Preferences, 'version'>>): Promise<Preferences> {
  const saved = await request<Preferences>('PATCH', '/users/me/preferences', { body: patch });
  queryClient.setQueryData(preferencesQuery.queryKey, saved);
  return saved;
}
