export { OperationForm, type OperationFormProps } from './operation-form.tsx';
export { checkForm, prune } from './check.ts';
export { initialValue } from './schema.ts';
export type { PickerFor, PickerProps } from './types.ts';
