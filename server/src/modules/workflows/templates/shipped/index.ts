import { WorkflowSettings } from '../../graph.ts';
import { drawn } from '../../model/drawing.ts';
import type { AnyTemplate } from '../store.ts';
import type { Shipped } from './declare.ts';
import { people } from './people.ts';
import { servers } from './servers.ts';
import { watching } from './watching.ts';

const ALL: readonly Shipped[] = [...servers, ...watching, ...people];

const made = ({ id, name, description, category, icon, tags, featured = false, settings = {}, nodes, links }: Shipped): AnyTemplate => ({
  id, name, description, category, icon, tags, shipped: true, featured, graph: drawn(id, nodes, links), settings: WorkflowSettings.parse(settings),
}); // prettier-ignore

let kept: readonly AnyTemplate[] | undefined;
/** Templates that ship with the product. */
export const shippedTemplates = (): readonly AnyTemplate[] => (kept ??= ALL.map(made));
