import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { secretView } from '../rows.ts';
import type { Variable } from '../schemas.ts';
import type { SecretRow } from '../tables.ts';
import { isShown } from './rules.ts';
import { openValues } from './values.ts';

/** Variables with their values, where those may be shown. */
export async function variableViews(ctx: ReadContext, rows: readonly SecretRow[]): Promise<z.input<typeof Variable>[]> {
  const shown = rows.filter(isShown);
  const values = await openValues(ctx, shown);
  const byId = new Map(shown.map((row, at) => [row.id, values[at]!]));
  const now = ctx.now();
  return rows.map((row) => ({ ...secretView(row, now), value: byId.get(row.id) ?? null }));
}

export const variableView = async (ctx: ReadContext, row: SecretRow): Promise<z.input<typeof Variable>> => (await variableViews(ctx, [row]))[0]!;
