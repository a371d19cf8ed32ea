import { VALUE_TYPES, type ValueKind, type ValueType } from '../schemas.ts';

/** Types that a variable can have; what has several lines is a secret of its own. */
export const VARIABLE_TYPES = VALUE_TYPES.filter((type) => type !== 'multiline');

/** May the value be shown? Of variables, unless they are of type secret; of secrets never. */
export const isShown = ({ kind, type }: { kind: ValueKind; type: ValueType }): boolean => kind === 'variable' && type !== 'secret';
