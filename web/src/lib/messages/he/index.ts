import type { CoreKey, Message } from '../../i18n.ts';
import { changes } from './changes.ts';
import { dashboard } from './dashboard.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import { ui } from './ui.ts';

export const core: Record<CoreKey, Message> = { ...ui, ...states, ...shell, ...dashboard, ...changes };
