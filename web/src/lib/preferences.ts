import { queryOptions } from '@tanstack/react-query';
import { request } from './api.ts';
import { chooseLanguage, currentLanguage, LANGUAGES, type Language } from './i18n.ts';
import { queryClient } from './query.ts';
import { readAs, type DateFormat } from './reader.ts';
import { setTheme, type Theme } from './theme.ts';

/** A person's own, on every device. */
export interface Preferences {
  theme: Theme;
  /** BCP 47; null or one we do not speak leaves the choice to the browser. */
  locale: string | null;
  /** IANA name; null for the device's. */
  zone: string | null;
  dateFormat: DateFormat;
  /** Path of the page shown after signing in. */
  landingPage: string;
  version: number;
}
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
