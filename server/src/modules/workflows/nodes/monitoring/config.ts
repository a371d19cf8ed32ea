import { z } from 'zod';
import type { NodeError } from '../declare.ts';
import { KIND_NAMES } from '../entity_query/kinds.ts';
import type { Probe } from './probe.ts';

export const ACTIONS = ['check', 'query', 'wait_until', 'threshold', 'alert.raise', 'alert.resolve', 'heartbeat'] as const;

export const Config = z.object({
  action: z.enum(ACTIONS).default('check').meta({ title: 'What to do' }),
  probe: z.enum(['http', 'tcp', 'icmp', 'tls', 'dns', 'resource']).default('http').meta({ title: 'Look at' }),
  url: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Address', expression: 'tpl', help: 'http', examples: ['https://www.example.net/health'] }),
  host: z.string().max(253).optional().meta({ title: 'Host', expression: 'tpl', help: 'tcp, icmp, tls; a name for dns' }),
  port: z.int().min(1).max(65_535).default(443).meta({ title: 'Port' }),
  count: z.int().min(1).max(10).default(3).meta({ title: 'Pings', help: 'icmp: how many are sent, five in a second' }),
  maxLossPercent: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({ title: 'Loss at most, in percent', help: 'icmp: more than that is not good, and so is no answer at all' }),
  recordType: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SRV', 'TXT', 'CAA']).default('A').meta({ title: 'Type of records' }),
  minDays: z.int().min(0).max(365).default(14).meta({ title: 'Days that the certificate has left at least' }),
  resource: z.enum(KIND_NAMES).default('server').meta({ title: 'Kind' }),
  id: z.string().max(200).optional().meta({ title: 'Id', expression: 'tpl', help: 'resource, and query' }),
  timeoutSeconds: z.int().min(1).max(50).default(10).meta({ title: 'Time for one look, in seconds' }),
  condition: z
    .string()
    .max(8_192)
    .optional()
    .meta({
      title: 'Good when',
      expression: 'expr',
      variables: ['result', 'attempt', 'status', 'headers', 'body'],
      help: 'Over `result`; left out, as the look itself says',
      examples: ['result.item.status == "running"'],
    }),
  everySeconds: z.int().min(1).max(3_600).default(10).meta({ title: 'Look again after, in seconds', help: 'wait_until, threshold' }),
  forSeconds: z.int().min(0).max(604_800).default(600).meta({
    title: 'For, in seconds',
    help: 'wait_until: how long at most. threshold: how long it must lie beyond, 0 for at once',
  }),
  value: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Figure', expression: 'expr', variables: ['result'], help: 'threshold: over `result`', examples: ['result.ms'] }),
  operator: z.enum(['>', '>=', '<', '<=']).default('>').meta({ title: 'Breached when it is' }),
  limit: z.number().optional().meta({ title: 'Limit' }),
  key: z.string().max(200).optional().meta({ title: 'Key', expression: 'tpl', help: 'Alerts and heartbeats: which one' }),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').meta({ title: 'Severity' }),
  message: z.string().max(2_000).optional().meta({ title: 'Message', expression: 'tpl' }),
});
export type Config = z.output<typeof Config>;

/** What the configuration asks to be looked at; `missing` makes the error of what is not said. */
export function probeOf(config: Config, missing: (field: string) => NodeError): Probe {
  const { timeoutSeconds, port } = config;
  const said = (field: 'url' | 'host' | 'id'): string => {
    const value = config[field];
    if (!value) throw missing(field);
    return value;
  };
  if (config.action === 'query' || config.probe === 'resource') return { kind: 'resource', resource: config.resource, id: said('id') };
  switch (config.probe) {
    case 'http':
      return { kind: 'http', url: said('url'), timeoutSeconds };
    case 'tcp':
      return { kind: 'tcp', host: said('host'), port, timeoutSeconds };
    case 'icmp':
      return { kind: 'icmp', host: said('host'), count: config.count, maxLossPercent: config.maxLossPercent, timeoutSeconds };
    case 'tls':
      return { kind: 'tls', host: said('host'), port, timeoutSeconds, minDays: config.minDays };
    case 'dns':
      return { kind: 'dns', name: said('host'), type: config.recordType, timeoutSeconds };
  }
}
