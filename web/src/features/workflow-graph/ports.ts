import type { Port } from './types.ts';

const isPort = (value: unknown): value is Port => typeof value === 'object' && value !== null && typeof (value as Port).name === 'string';

/** Ports as far as names in use tell them, when a type is not known: those that connections touch. */
export const usedPorts = (names: readonly string[]): Port[] => [...new Set(names.length === 0 ? ['main'] : names)].map((name) => ({ name }));

/** A name for the eye: nothing for the usual one. */
export const portLabel = ({ name, label }: Port): string => (name === 'main' ? '' : (label ?? name));

/** Ports of a list of declarations, as `GET /node-types` tells them. */
export const fixedPorts = (declared: unknown): Port[] => (Array.isArray(declared) ? (declared as unknown[]) : []).filter((one) => isPort(one));
