import type { Team } from './schemas.ts';

export interface TeamContent {
  name: string;
  description: string;
  members: readonly string[];
}

/** Fields in which two forms of a team differ, people by name, for a plan. */
export const teamFields = (before: TeamContent | null, after: TeamContent | null, names: ReadonlyMap<string, string>) => {
  const shown = (content: TeamContent) => ({ ...content, members: content.members.map((id) => names.get(id) ?? 'A former member').toSorted() });
  const [was, is] = [before && shown(before), after && shown(after)];
  return (['name', 'description', 'members'] as const)
    .filter((path) => (was && is ? JSON.stringify(was[path]) !== JSON.stringify(is[path]) : (was ?? is)![path].length > 0))
    .map((path) => ({ path, ...(was ? { before: was[path] } : {}), ...(is ? { after: is[path] } : {}) }));
};

export const contentOf = ({ name, description, members }: Team): TeamContent => ({ name, description, members: members.map(({ id }) => id) });
