import { z } from 'zod';
import { VALUE_TYPES } from '../schemas.ts';
import { CATEGORIES, type Template } from './template.ts';

export const SecretTemplate = z.object({
  id: z.string(),
  name: z.string(),
  category: z.enum(CATEGORIES),
  fields: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      type: z.enum(VALUE_TYPES),
      help: z.string(),
      required: z.boolean(),
      pattern: z.string().nullable().meta({ help: 'Regular expression that every value of it fits' }),
    }),
  ),
});

export const templateView = ({ fields, ...template }: Template): z.input<typeof SecretTemplate> => ({
  ...template,
  fields: fields.map((field) => ({ ...field, pattern: field.pattern ?? null })),
});
