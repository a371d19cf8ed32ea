import { createContext, type ComponentType } from 'react';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';

/** Draws a field of a configuration; handed down, so that files do not import one another in a circle. */
export const DrawContext = createContext<ComponentType<SchemaFieldProps> | null>(null);
