import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, WorkflowSettings } from '../graph.ts';
import { calledBy, operationsIn, secretsIn, triggersIn, variablesIn } from '../model/uses.ts';
import { Surroundings } from '../surroundings.ts';
import type { Requirements, Template, TemplateSummary } from '../schemas.ts';
import { templateUses, workflowTemplates, type TemplateRow } from '../tables.ts';
import { shippedTemplates } from './shipped/index.ts';

/** A template, wherever it comes from. */
export interface AnyTemplate {
  id: string;
  name: string;
  description: string;
  category: string;
  icon: string | null;
  tags: readonly string[];
  shipped: boolean;
  featured: boolean;
  graph: Graph;
  settings: WorkflowSettings;
}

const own = ({ id, name, description, category, icon, tags, graph, settings }: TemplateRow): AnyTemplate => ({
  id, name, description, category, icon, tags, shipped: false, featured: false, graph, settings,
}); // prettier-ignore

type Asking = Pick<ReadContext, 'db' | 'tenantId' | 'provider'>;

/** Those of the product first, then the tenant's own by name. */
export async function allTemplates({ db, tenantId }: Asking): Promise<AnyTemplate[]> {
  const rows = await db.select().from(workflowTemplates).where(eq(workflowTemplates.tenantId, tenantId)).orderBy(asc(workflowTemplates.name), asc(workflowTemplates.id)); // prettier-ignore
  return [...shippedTemplates(), ...rows.map(own)];
}

const notFound = (id: string): Problem => new Problem('workflow-template-not-found', `There is no template "${id.slice(0, 64)}".`);

/** Throws `workflow-template-not-found`. */
export async function findTemplate({ db, tenantId }: Asking, id: string): Promise<AnyTemplate> {
  const shipped = shippedTemplates().find((one) => one.id === id);
  if (shipped) return shipped;
  return own(await findOwn({ db, tenantId }, id));
}

/** A template of the tenant's own. Throws `workflow-template-not-found`, or `template-protected` for one of the product. */
export async function findOwn({ db, tenantId }: Pick<Asking, 'db' | 'tenantId'>, id: string): Promise<TemplateRow> {
  if (shippedTemplates().some((one) => one.id === id)) throw new Problem('template-protected', `"${id}" ships with the product.`);
  if (!isUuid(id)) throw notFound(id);
  const [row] = await db.select().from(workflowTemplates).where(and(eq(workflowTemplates.tenantId, tenantId), eq(workflowTemplates.id, id))); // prettier-ignore
  if (!row) throw notFound(id);
  return row;
}

/** For whoever saves one. */
export const nameTaken =
  (name: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error) ? new Problem('template-name-taken', `The tenant has a template "${name}" already.`) : error;
  };

export async function usesOf({ db, tenantId }: Pick<Asking, 'db' | 'tenantId'>): Promise<ReadonlyMap<string, number>> {
  const rows = await db.select({ template: templateUses.template, uses: templateUses.uses }).from(templateUses).where(eq(templateUses.tenantId, tenantId)); // prettier-ignore
  return new Map(rows.map(({ template, uses }) => [template, uses]));
}

/** What a graph asks for, whoever has it. */
function requirementsOf({ provider }: Pick<Asking, 'provider'>, graph: Graph): Requirements {
  const { operations } = provider(Surroundings);
  return {
    secrets: secretsIn(graph),
    variables: variablesIn(graph),
    permissions: [...new Set(calledBy(graph, operations).map(({ permission }) => permission))].sort(),
    operations: operationsIn(graph),
  };
}

/** Of what a graph asks for, what the tenant does not have or the caller may not do. */
export async function missingFor(ctx: Asking & Pick<ReadContext, 'actor'>, graph: Graph, environment: string | null): Promise<Requirements> {
  const { operations, names, permit } = ctx.provider(Surroundings);
  const needed = requirementsOf(ctx, graph);
  const { secrets, variables } = await names(ctx.db, ctx.tenantId, environment);
  const lacking = new Set<string>();
  for (const operation of calledBy(graph, operations))
    await permit(ctx.db, ctx.actor, operation).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      lacking.add(operation.permission);
    });
  return {
    secrets: needed.secrets.filter((name) => !secrets.has(name)),
    variables: needed.variables.filter((name) => !variables.has(name)),
    permissions: [...lacking].sort(),
    operations: needed.operations.filter((name) => !operations.has(name)),
  };
}

/** As lists show it. */
export const templateSummary = (ctx: Asking, template: AnyTemplate, uses: ReadonlyMap<string, number>): z.input<typeof TemplateSummary> => ({
  id: template.id,
  name: template.name,
  description: template.description,
  category: template.category,
  icon: template.icon,
  tags: [...template.tags],
  shipped: template.shipped,
  featured: template.featured,
  useCount: uses.get(template.id) ?? 0,
  nodes: template.graph.nodes.length,
  triggers: [...new Set(triggersIn(template.graph).map(({ mode }) => mode))],
  requires: requirementsOf(ctx, template.graph),
});

export async function templateView(ctx: ReadContext, template: AnyTemplate): Promise<z.input<typeof Template>> {
  const { graph, settings } = template;
  const missing = await missingFor(ctx, graph, settings.environment ?? null);
  return { ...templateSummary(ctx, template, await usesOf(ctx)), graph, settings, missing };
}
