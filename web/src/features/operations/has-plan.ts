import type { ManifestOperation } from '#lib/schema.ts';

/** Only what leaves a Change has a plan to look at first. */
export const hasPlan = ({ risk, change }: Pick<ManifestOperation, 'risk' | 'change'>): boolean =>
  risk !== 'read' && change !== false && change !== 'none';
