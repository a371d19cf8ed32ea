const uuid = (): string => crypto.randomUUID();
/** A node as a draft holds it. */
export interface Made {
  id: string;
  key: string;
  type: string;
  name: string;
  config: object;
  layout: { x: number; y: number };
}
export const node = (at: number, key: string, type: string, name: string, config: object): Made => ({
  id: uuid(),
  key,
  type,
  name,
  config,
  layout: { x: at * 300, y: 60 },
});
/** One after the other; the port by which each is left may be named. */
export const chain = (nodes: readonly Made[], ports: Record<string, string> = {}) =>
  nodes.slice(1).map((target, at) => ({
    op: 'connect',
    connection: { id: uuid(), source: nodes[at]!.id, target: target.id, ...(ports[nodes[at]!.key] ? { sourcePort: ports[nodes[at]!.key] } : {}) },
  }));
/** Configuration of a Transform node that makes one field. */
export const fields = (name: string, value: string): object => ({ mode: 'fields', keep: 'none', fields: [{ name, value }] });
