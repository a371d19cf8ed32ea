import { changes } from './changes.ts';
import { dashboard } from './dashboard.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import { ui } from './ui.ts';

/** Texts that a first visit needs: sign-in, navigation, dashboard, Changes. What they may say is all that may be said there. */
export const core = { ...ui, ...states, ...shell, ...dashboard, ...changes } as const;
