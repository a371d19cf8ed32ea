import type { z } from 'zod';
import type { WorkflowSettings } from '../../graph.ts';
import type { DrawnNode } from '../../model/drawing.ts';
import type { TEMPLATE_CATEGORIES } from '../../schemas.ts';

/** A template as a file of the product: nodes by key, links as text. */
export interface Shipped {
  id: string;
  name: string;
  description: string;
  category: (typeof TEMPLATE_CATEGORIES)[number];
  icon: string;
  tags: readonly string[];
  featured?: boolean;
  settings?: z.input<typeof WorkflowSettings>;
  nodes: readonly DrawnNode[];
  links: readonly string[];
}
