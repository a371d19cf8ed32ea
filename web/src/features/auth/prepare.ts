import { authTexts } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { methodsQuery } from './api.ts';
import { brandQuery } from './brand.ts';

/** Before a page outside the application is drawn: its words, its brand and the ways in, so that nothing jumps. None of them may keep it away. */
export async function publicPage(): Promise<void> {
  await Promise.all([
    authTexts(),
    queryClient.ensureQueryData(brandQuery).catch(() => undefined),
    queryClient.ensureQueryData(methodsQuery).catch(() => undefined),
  ]);
}
