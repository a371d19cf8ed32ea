import { z } from 'zod';

/** One thing that the mock answers, and when: the first rule that fits is taken. */
const Rule = z.strictObject({
  contains: z.string().min(1).max(500).optional().meta({ title: 'Contains', help: 'Text of the last message, or of the system prompt; letters’ case does not count' }),
  turn: z.int().min(0).max(200).optional().meta({ title: 'Turn', help: 'So many answers of the model came before in the conversation' }),
  text: z.string().max(20_000).optional().meta({ title: 'Text', help: '`{{ prompt }}` is the last message' }),
  json: z.json().optional().meta({ title: 'JSON', help: 'Answered as text' }),
  toolCalls: z.array(z.strictObject({ name: z.string().min(1).max(64), arguments: z.json() })).max(16).optional().meta({ title: 'Tool calls' }),
  fault: z.enum(['unavailable', 'refused', 'cut-off']).optional().meta({ title: 'Fault', help: 'Instead of an answer' }),
}); // prettier-ignore

/** What the provider `mock` answers: the same to the same question, always. */
export const Script = z.strictObject({
  rules: z.array(Rule).max(200).default([]).meta({ title: 'Rules' }),
  otherwise: z.string().max(20_000).default('{{ prompt }}').meta({ title: 'Otherwise', help: 'Said when no rule fits' }),
});
export type Script = z.output<typeof Script>;
export type ScriptRule = z.output<typeof Rule>;
