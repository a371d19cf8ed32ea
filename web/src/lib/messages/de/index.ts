import type { Catalogue } from '../../i18n.ts';
import { audit } from './audit.ts';
import { changes } from './changes.ts';
import { clouds } from './clouds.ts';
import { dns } from './dns.ts';
import { servers } from './servers.ts';
import { settings } from './settings.ts';
import { dashboard } from './dashboard.ts';
import { operations } from './operations.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

export const de: Catalogue = { ...ui, ...shell, ...changes, ...settings, ...operations, ...dashboard, ...servers, ...clouds, ...dns, ...audit };
