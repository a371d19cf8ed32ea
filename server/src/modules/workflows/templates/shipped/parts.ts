import type { Json } from '../../graph.ts';
import type { DrawnNode } from '../../model/drawing.ts';

type Config = Record<string, Json>;

/** Started by hand, with a form. */
export const byHand = (properties: Config, required: string[]): DrawnNode => ({
  key: 'start',
  type: 'trigger',
  name: 'Start',
  config: { mode: 'manual', inputSchema: { type: 'object', properties, required } },
});

/** By the clock, in the zone of the tenant. */
export const byClock = (cron: string): DrawnNode => ({ key: 'start', type: 'trigger', name: 'Every so often', config: { mode: 'schedule', type: 'cron', cron } }); // prettier-ignore

export const onEvent = (...types: string[]): DrawnNode => ({ key: 'start', type: 'trigger', name: 'When it happens', config: { mode: 'event', types } }); // prettier-ignore

export const operation = (key: string, name: string, called: string, input: Config = {}, more: Config = {}): DrawnNode => ({
  key,
  type: 'operation',
  name,
  config: { operation: called, input, ...more },
});

export const condition = (key: string, name: string, expression: string): DrawnNode => ({ key, type: 'conditional', name, config: { expression } });

/** Somebody other than whoever started it agrees. */
export const agreement = (key: string, title: string, body: string): DrawnNode => ({ key, type: 'approval', name: 'Ask', config: { title, body } });

/** Into the inbox of whoever is on call, by the variable ON_CALL. */
export const notice = (key: string, name: string, title: string, body: string, severity: 'info' | 'warning' | 'critical' = 'info'): DrawnNode => ({
  key,
  type: 'notify',
  name,
  config: { channel: 'inapp', to: ['{{ vars.ON_CALL }}'], title, body, severity },
});

export const text = (title: string): Json => ({ type: 'string', title });
