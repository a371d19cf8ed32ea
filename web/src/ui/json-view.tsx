import { CodeBlock } from './code-block.tsx';

/** Any value as indented JSON. */
export const JsonView = ({ value, label }: { value: unknown; label: string }) => <CodeBlock label={label} code={JSON.stringify(value, null, 2)} />;
