import type { Catalogue } from '../../i18n.ts';
import { changes } from './changes.ts';
import { settings } from './settings.ts';
import { dashboard } from './dashboard.ts';
import { operations } from './operations.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

export const de: Catalogue = { ...ui, ...shell, ...changes, ...settings, ...operations, ...dashboard };
