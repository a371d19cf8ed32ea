import { t } from '#lib/i18n.ts';
import type { Refusal } from './graph/rules.ts';

/** Why two ports cannot be joined, in words, with the rule of validation behind it. */
export const reasonText = ({ reason, rule }: Refusal): string => `${t(`builder.reason.${reason}`)} (${rule})`;
