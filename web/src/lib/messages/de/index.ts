import type { Catalogue } from '../../i18n.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

export const de: Catalogue = { ...ui, ...shell };
