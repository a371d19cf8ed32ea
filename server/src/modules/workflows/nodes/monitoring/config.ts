import { z } from 'zod';
import { AGGREGATES, windowSeconds } from '../../metrics/rules.ts';
import type { NodeError } from '../declare.ts';
import { KIND_NAMES } from '../entity_query/kinds.ts';
import type { Probe } from './probe.ts';

export const ACTIONS = ['check', 'query', 'wait_until', 'threshold', 'emit_metric', 'alert.raise', 'alert.resolve', 'heartbeat'] as const;

export const Config = z.object({
  action: z.enum(ACTIONS).default('check').meta({ title: 'What to do' }),
  probe: z.enum(['http', 'tcp', 'icmp', 'tls', 'dns', 'resource', 'bgp', 'metric']).default('http').meta({ title: 'Look at' }),
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
  id: z.string().max(200).optional().meta({ title: 'Id', expression: 'tpl', help: 'resource, and query; a port of yours for bgp' }),
  routeServer: z
    .string()
    .max(64)
    .optional()
    .meta({ title: 'Route server', expression: 'tpl', help: 'bgp: its short name. Without a port all of its sessions', examples: ['rs1'] }),
  family: z.enum(['any', 'ipv4', 'ipv6']).default('any').meta({ title: 'Address family', help: 'bgp: sessions that carry it' }),
  asn: z.int().min(1).max(4_294_967_295).optional().meta({ title: 'Network', help: 'bgp: only sessions with this AS number' }),
  metric: z
    .string()
    .max(80)
    .optional()
    .meta({ title: 'Metric', expression: 'tpl', help: 'metric, and emit_metric', examples: ['edge.latency'] }),
  labels: z
    .record(z.string(), z.string().max(8_192))
    .default({})
    .meta({
      title: 'Labels',
      expression: 'tpl',
      help: 'metric: series that have them. emit_metric: what the figure is of',
      examples: [{ host: '{{ input.host }}' }],
    }),
  aggregate: z.enum(AGGREGATES).default('last').meta({ title: 'Figure of the window', help: 'metric' }),
  windowSeconds: windowSeconds.default(300).meta({ title: 'Window, in seconds', help: 'metric: back from now' }),
  unit: z
    .string()
    .max(20)
    .optional()
    .meta({ title: 'Unit', expression: 'tpl', help: 'emit_metric', examples: ['ms'] }),
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
    .meta({
      title: 'Figure',
      expression: 'expr',
      variables: ['result'],
      help: 'threshold: over `result`; left out, the one of the metric. emit_metric: what is kept',
      examples: ['result.ms'],
    }),
  operator: z.enum(['>', '>=', '<', '<=']).default('>').meta({ title: 'Breached when it is' }),
  limit: z.number().optional().meta({ title: 'Limit' }),
  key: z.string().max(200).optional().meta({ title: 'Key', expression: 'tpl', help: 'Alerts and heartbeats: which one' }),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').meta({ title: 'Severity' }),
  message: z.string().max(2_000).optional().meta({ title: 'Message', expression: 'tpl' }),
});
export type Config = z.output<typeof Config>;

/** What the platform itself knows; `query` asks for nothing else. */
const KNOWN: ReadonlySet<unknown> = new Set(['resource', 'bgp', 'metric']);

/** What is looked at, by action and probe: a query that names no other looks at a resource. */
export const lookedAt = ({ action, probe = 'http' }: { action?: unknown; probe?: Config['probe'] }): Config['probe'] =>
  action === 'query' && !KNOWN.has(probe) ? 'resource' : probe;

function bgpOf({ id = '', routeServer = '', family, asn }: Config, missing: (field: string) => NodeError): Probe {
  if (id === '' && routeServer === '') throw missing('id or routeServer');
  return { kind: 'bgp', id: id === '' ? undefined : id, routeServer: routeServer === '' ? undefined : routeServer, family, asn };
}

/** What the configuration asks to be looked at; `missing` makes the error of what is not said. */
export function probeOf(config: Config, missing: (field: string) => NodeError): Probe {
  const { timeoutSeconds, port } = config;
  const said = (field: 'url' | 'host' | 'id' | 'metric'): string => {
    const value = config[field];
    if (!value) throw missing(field);
    return value;
  };
  switch (lookedAt(config)) {
    case 'resource':
      return { kind: 'resource', resource: config.resource, id: said('id') };
    case 'bgp':
      return bgpOf(config, missing);
    case 'metric':
      return { kind: 'metric', name: said('metric'), labels: config.labels, aggregate: config.aggregate, windowSeconds: config.windowSeconds };
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
