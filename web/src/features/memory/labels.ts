const LABEL = /^(user:[0-9a-f-]{36}|team:[a-z0-9][a-z0-9-]{0,62}|role:[a-z][a-z0-9_-]{0,62})$/;

/** Access labels as they are typed, with blanks or commas between them; each once. */
export const labelsOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))];
/** Whether all of them are of a form that the server knows, and not too many. */
export const isLabels = (text: string): boolean => labelsOf(text).length <= 50 && labelsOf(text).every((word) => LABEL.test(word));
