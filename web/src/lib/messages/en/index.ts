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

/** Every text of the application in English: one file per area, spread here. Each has its twin in `../de`. */
export const en = { ...ui, ...shell, ...changes, ...settings, ...operations, ...dashboard, ...servers, ...clouds, ...dns, ...audit } as const;
