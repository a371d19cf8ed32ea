import { scopeCovers, type Reach } from '#kernel/scope.ts';

interface Happened {
  type: string;
  data: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Whether a reach covers what an event is about, as far as its data says; of what does not say only the whole tenant hears. */
export function isHeard(reach: Reach, { type, data }: Happened): boolean {
  const resource = type.split('.')[0]!;
  const labels = typeof data['labels'] === 'object' && data['labels'] !== null ? (data['labels'] as Record<string, string>) : {};
  const target = { type: resource, id: text(data[`${resource}Id`]) ?? text(data['id']) ?? '', environment: text(data['environment']), labels };
  return reach.some(({ scope }) => scopeCovers(scope, target));
}
