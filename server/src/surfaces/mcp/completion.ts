import type { Ctx, Exchange, McpDeps } from './deps.ts';
import { PROMPTS } from './prompt-texts.ts';
import { protocolError } from './refusals.ts';
import { TEMPLATES, type Source } from './templates.ts';

/** As many as the protocol allows in one answer. */
const MOST = 100;

interface Wanted {
  ref: { type: string; name?: string; uri?: string };
  argument: { name: string; value: string };
}

type Origin = { source: Source } | { values: readonly string[] } | undefined;

function originOf({ ref, argument: { name } }: Wanted): Origin {
  if (ref.type === 'ref/prompt') {
    const found = PROMPTS.find((prompt) => prompt.name === ref.name)?.arguments.find((argument) => argument.name === name);
    return found?.values ? { values: found.values } : found?.source && { source: found.source };
  }
  const source = TEMPLATES.find(({ uri }) => uri === ref.uri)?.completes?.[name];
  return source && { source };
}

/** Values for arguments of prompts and for places in the addresses of resources, out of what the caller may list. */
export function createCompletion(deps: McpDeps) {
  const { registry, gate } = deps;

  async function found({ operation: name, input, value, by }: Source, prefix: string, { call }: Exchange): Promise<string[]> {
    const operation = registry.operations.get(name);
    if (!operation) return [];
    const passed = await gate.pass(operation, input?.(prefix) ?? { limit: MOST }, { ...call, envelope: {} });
    const { items = [] } = (passed.status === 'done' ? passed.output : {}) as { items?: Record<string, unknown>[] };
    const wanted = prefix.toLowerCase();
    const begins = (item: Record<string, unknown>): boolean => by.some((field) => typeof item[field] === 'string' && item[field].toLowerCase().startsWith(wanted)); // prettier-ignore
    return items.filter(begins).map((item) => String(item[value]));
  }

  return async (wanted: Wanted, ctx: Ctx) => {
    const exchange = deps.exchangeOf(ctx);
    const origin = originOf(wanted);
    const { value } = wanted.argument;
    try {
      const all = !origin
        ? []
        : 'values' in origin
          ? origin.values.filter((one) => one.startsWith(value))
          : await found(origin.source, value, exchange);
      return { completion: { values: all.slice(0, MOST), total: all.length, hasMore: all.length > MOST } };
    } catch (error) {
      throw protocolError(deps, exchange, error);
    }
  };
}
