import { z } from 'zod';
import { modelFields } from '../../agents/settings.ts';
import { Json } from '../../graph.ts';
import { expr, tpl } from '../fields.ts';

const model = z.string().max(200);
const penalty = (title: string) => z.number().min(-2).max(2).default(0).meta({ title });

export const Config = z.object({
  ...modelFields,
  fallbackModels: z.array(model).max(5).default([]).meta({ title: 'Otherwise', help: 'Tried in this order when the model cannot be reached', widget: 'aiModels', expression: 'none' }),
  system: tpl({ title: 'Who it is', help: 'How it answers and what it heeds', widget: 'textarea' }, 20_000).optional(),
  prompt: tpl({ title: 'Prompt', widget: 'textarea', examples: ['Summarise in three sentences'] }, 100_000).default(''),
  data: expr({ title: 'Data', help: 'Sent behind the prompt and marked as data that gives no orders: the place for whatever comes from outside', examples: ['input.body'] }).optional(),
  messages: expr({ title: 'Conversation', help: 'What was said before: a list of {role, text}, of user and assistant', examples: ['input.history'] }).optional(),
  images: expr({ title: 'Pictures', help: 'A file or a list of them', examples: ['[input.photo]'] }).optional(),
  output: z.enum(['text', 'json', 'markdown']).default('text').meta({ title: 'Answer' }),
  jsonSchema: z.record(z.string(), Json).optional().meta({ title: 'Its form', help: 'JSON Schema of the answer', widget: 'jsonSchema', expression: 'none' }),
  maxTokens: z.int().min(1).max(32_000).default(1_000).meta({ title: 'Tokens of the answer' }),
  temperature: z.number().min(0).max(2).default(0.7).meta({ title: 'Temperature' }),
  topP: z.number().min(0).max(1).default(1).meta({ title: 'Top P' }),
  frequencyPenalty: penalty('Frequency penalty'),
  presencePenalty: penalty('Presence penalty'),
  stop: z.array(z.string().min(1).max(100)).max(4).default([]).meta({ title: 'Stops at' }),
  seed: z.int().optional().meta({ title: 'Seed', help: 'The same answer to the same question, where the provider can' }),
  redactInput: z.boolean().default(true).meta({ title: 'Mask what is sent', help: 'Whatever looks like a credential or tells who somebody is; values of secrets are masked in any case' }),
  confidential: z.boolean().default(false).meta({ title: 'Confidential', help: 'Only to providers that the tenant trusts with it' }),
  cacheSeconds: z.int().min(0).max(86_400).default(0).meta({ title: 'Keep the answer', help: 'Seconds in which the same question is not asked again in the same process' }),
}); // prettier-ignore
export type Config = z.output<typeof Config>;

export const Output = z.object({
  text: z.string(),
  json: Json.meta({ help: 'The value, with an answer in JSON; null otherwise' }),
  usage: z.object({ in: z.int(), out: z.int(), cost: z.int().meta({ help: 'Millionths of a US dollar' }) }),
  model: z.string(),
  finishReason: z.string(),
});
export type Output = z.output<typeof Output>;
