import { currentLanguage, LANGUAGES, type Language } from './i18n.ts';

/** The server itself writes mails, sentences and drafts in all languages but these; whoever reads one of them gets English. */
type Unwritten = 'he';
export type Written = Exclude<Language, Unwritten>;
export const WRITTEN = (Object.keys(LANGUAGES) as Language[]).filter((one): one is Written => one !== 'he');
export const writtenLanguage = (): Written => WRITTEN.find((one) => one === currentLanguage()) ?? 'en';
