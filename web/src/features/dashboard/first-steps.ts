import { permits } from '#lib/session.ts';

export type FirstStep = 'cloud' | 'server' | 'zone' | 'team' | 'factor';

interface Standing {
  /** How many there are; undefined while nobody knows. */
  clouds: number | undefined;
  servers: number | undefined;
  zones: number | undefined;
  permissions: readonly string[];
  /** Whether this person has a second factor. */
  factor: boolean;
}

/** What leads on in an organisation that has nothing yet; nothing once there is a server or a zone, and while it is not known. */
export function firstSteps({ clouds, servers, zones, permissions, factor }: Standing): FirstStep[] {
  if (clouds === undefined || servers === undefined || zones === undefined || servers + zones > 0) return [];
  const may = (permission: string): boolean => permits(permissions, permission);
  const steps: [FirstStep, boolean][] = [
    ['cloud', clouds === 0 && may('clouds:create')],
    ['server', clouds > 0 && may('servers:create')],
    ['zone', clouds > 0 && may('dns:create')],
    ['team', may('users:invite')],
    ['factor', !factor],
  ];
  const open = steps.filter(([, offered]) => offered).map(([step]) => step);
  // Whoever may set up nothing here is told nothing.
  return open.some((step) => step !== 'factor') ? open : [];
}
