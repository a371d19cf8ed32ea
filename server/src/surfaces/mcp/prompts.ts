import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { toolName } from '#kernel/registry.ts';
import type { Ctx, McpDeps, Naming } from './deps.ts';
import { operationsIn, PROMPTS, type PromptText } from './prompt-texts.ts';
import { protocolError } from './refusals.ts';

const MAX_ARGUMENT = 200;

/** The text with arguments and tools filled in. Arguments are data: one line, quoted, and no longer than a name is. */
export function filled({ text, ...prompt }: PromptText, given: Record<string, string>, naming: Naming): string {
  return text
    .replaceAll(/\{([a-zA-Z.]+)\}/g, (_all, name: `${string}.${string}`) => `\`${naming === 'dots' ? name : toolName({ name } as never)}\``)
    .replaceAll(/\[(\w+)\]/g, (whole, name: string) =>
      prompt.arguments.some((one) => one.name === name) ? JSON.stringify((given[name] ?? '').replaceAll(/\s+/g, ' ').slice(0, MAX_ARGUMENT)) : whole,
    );
}

/** Prompts whose every operation the caller may call. */
export function createPrompts(deps: McpDeps) {
  const { gate } = deps;

  async function offeredTo(ctx: Ctx): Promise<PromptText[]> {
    const exchange = deps.exchangeOf(ctx);
    try {
      const offered = new Set((await gate.offered(await gate.actor(exchange.call))).map(({ name }) => name as string));
      return PROMPTS.filter((prompt) => operationsIn(prompt).every((name) => offered.has(name)));
    } catch (error) {
      throw protocolError(deps, exchange, error);
    }
  }

  return {
    list: async (ctx: Ctx) => ({
      prompts: (await offeredTo(ctx)).map(({ name, title, description, arguments: given }) => ({
        name,
        title,
        description,
        arguments: given.map(({ name: argument, description: meaning, required }) => ({ name: argument, description: meaning, required })),
      })),
      ttlMs: 300_000,
      cacheScope: 'private' as const,
    }),
    async get({ name, arguments: given = {} }: { name: string; arguments?: Record<string, string> | undefined }, ctx: Ctx) {
      const prompt = (await offeredTo(ctx)).find((one) => one.name === name);
      if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name.slice(0, 100)}`);
      const lacking = prompt.arguments.find((argument) => argument.required && !given[argument.name]);
      if (lacking) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `The argument ${lacking.name} is missing`);
      const text = filled(prompt, given, deps.exchangeOf(ctx).naming);
      return { description: prompt.description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] };
    },
  };
}
