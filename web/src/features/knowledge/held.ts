import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Collection } from './types.ts';

/** `3 documents, 41 passages` */
export const heldText = ({ documents, passages }: Pick<Collection, 'documents' | 'passages'>): string =>
  [
    t('knowledge.held.documents', { count: documents, shown: number(documents) }),
    t('knowledge.held.passages', { count: passages, shown: number(passages) }),
  ].join(', ');
