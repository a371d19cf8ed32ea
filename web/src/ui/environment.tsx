import { Badge } from './badge.tsx';

/** Where it happens. Production stands out, because more care is due there. */
export const Environment = ({ name }: { name: string }) => <Badge tone={/^prod/i.test(name) ? 'warn' : 'outline'}>{name}</Badge>;
