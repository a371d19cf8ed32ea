import { definePort } from '#kernel/port.ts';
import type { AsnRight } from './rules.ts';

/** What is known of a person who asks for a port: networks that they speak for, and fabrics that they were let in to by name. */
export interface PeerStanding {
  of: (tenantId: string, userId: string) => Promise<{ rights: AsnRight[]; fabrics: string[] }>;
  /** Which of these networks anybody at all speaks for, also by a word that has grown old. */
  spokenFor: (asns: readonly number[]) => Promise<ReadonlySet<number>>;
}
export const PeerStanding = definePort<PeerStanding>('exchange.peer-standing');
