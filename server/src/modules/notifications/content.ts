/** How much attention a Change deserves, as approvals show it. */
export type RiskLevel = 'low' | 'medium' | 'high' | 'critical';

/** What a notification says, in facts: names and numbers, never an input, a secret or a right to act. Each medium finds its own words. */
export interface Content {
  /** `CHG-12`; absent for what is about no Change. */
  number?: string;
  approvalId?: string;
  operation?: string;
  summary?: string;
  requester?: string;
  environment?: string;
  risk?: RiskLevel;
  /** Names of the first ten. */
  targets?: string[];
  targetCount?: number;
  reason?: string;
  /** RFC 3339. */
  expiresAt?: string;
  /** Whoever agrees must prove afresh who they are, so no button elsewhere will do. */
  stepUp?: boolean;
  planHash?: string;
  /** Path of the page to open, with a slash in front. */
  page: string;
}

export const TARGETS_SHOWN = 10;
