export type FileFormat = 'switchyard' | 'n8n' | 'node-red';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const nameOf = (value: Record<string, unknown>): string | null => (typeof value['name'] === 'string' ? value['name'] : null);

interface Found {
  format: FileFormat;
  name: string | null;
}
/** Node-RED exports a bare list of nodes with wires. */
function ofList(list: readonly unknown[]): Found | null {
  if (!list.some((one) => isObject(one) && 'wires' in one)) return null;
  const tab = list.find((one) => isObject(one) && one['type'] === 'tab') as { label?: string } | undefined;
  return { format: 'node-red', name: tab?.label || null };
}
function ofObject(json: Record<string, unknown>): Found | null {
  if (Array.isArray(json['nodes']) && isObject(json['connections'])) return { format: 'n8n', name: nameOf(json) };
  return 'nodes' in json || 'workflow' in json ? { format: 'switchyard', name: nameOf(json) } : null;
}
/** Of YAML only ours is known, and that says where its nodes begin. */
const ofYaml = (text: string): Found | null =>
  /^(nodes|workflow|switchyard)\s*:/m.test(text) ? { format: 'switchyard', name: /^name:\s*["']?(.+?)["']?\s*$/m.exec(text)?.[1] ?? null } : null;

/** Whose file it is, by its shape, and what it calls itself; null for anything else. The server reads it in earnest. */
export function formatOf(text: string): Found | null {
  const json = parsed(text);
  if (json === undefined) return ofYaml(text);
  return Array.isArray(json) ? ofList(json) : isObject(json) ? ofObject(json) : null;
}
