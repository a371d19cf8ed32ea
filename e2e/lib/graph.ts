/** A step of a graph, as the API takes it. */
export interface Step {
  id: string;
  key: string;
  name: string;
  type: string;
  config: Record<string, unknown>;
  layout: { x: number; y: number };
}
export interface Draft {
  nodes: Step[];
  connections: { source: string; sourcePort: string; target: string; targetPort: string }[];
}
/** A step of a whole graph; its key is its name in small letters. */
export const node = (type: string, name: string, config: object, x: number, y = 0, more: object = {}): Step & { typeVersion: number } => ({
  id: crypto.randomUUID(),
  key: name.toLowerCase().replace(/\W+/g, '_'),
  type,
  typeVersion: 1,
  name,
  config: config as Step['config'],
  layout: { x, y },
  ...more,
});
export const line = (source: Step, target: Step, sourcePort = 'main') => ({
  id: crypto.randomUUID(),
  kind: 'flow',
  source: source.id,
  sourcePort,
  target: target.id,
  targetPort: 'main',
});
/** Its lines, by the names of what they join. */
export const ends = ({ connections, nodes }: Draft): string[] => {
  const nameOf = (id: string) => nodes.find((one) => one.id === id)?.name;
  return connections.map(({ source, sourcePort, target }) => `${nameOf(source)} ${sourcePort} ${nameOf(target)}`).sort();
};
