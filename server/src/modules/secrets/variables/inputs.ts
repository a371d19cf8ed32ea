import { z } from 'zod';
import { aboutInput, listInput, placeInput } from '../inputs.ts';
import { id, secretName, value } from '../schemas.ts';
import { VARIABLE_TYPES } from './rules.ts';

const type = z.enum(VARIABLE_TYPES).meta({ title: 'Type', help: 'The value of type secret is never shown again' });

export const CreateVariable = z.object({ name: secretName, ...placeInput, type: type.default('text'), value, ...aboutInput });
export const UpdateVariable = z.object({ id, type: type.optional(), value: value.optional(), ...aboutInput });
export const ListVariables = z.object({ ...listInput, type: type.optional() });
