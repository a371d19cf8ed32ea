import { t } from '#lib/i18n.ts';
import type { Instructions } from './api.ts';

type Community = Instructions['communities'][number];

export const communityText = ({ does }: Community): string => t(`exchangePorts.community.${does}`);
