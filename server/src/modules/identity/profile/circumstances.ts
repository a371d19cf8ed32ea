import { describeAgent } from '../agents.ts';
import { maskedIp } from '../network.ts';

/** What a mail about the safety of an account tells of an event. */
export const circumstances = ({ ip, agent }: { ip: string | null; agent: string | null }, at: Date) => ({
  at: at.toISOString(),
  device: describeAgent(agent),
  ...(ip === null ? {} : { ip: maskedIp(ip) ?? ip }),
});
