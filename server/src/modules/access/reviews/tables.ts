import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Scope } from '#kernel/scope.ts';
import type { ItemKind, ItemState, ReviewerKind, Verdict } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const accessReviews = tenantTable('access_reviews', {
  name: text('name').notNull(),
  state: text('state').$type<'open' | 'closed' | 'cancelled'>().notNull(),
  startedBy: uuid('started_by'),
  startedByName: text('started_by_name').notNull(),
  reviewers: text('reviewers').$type<ReviewerKind>().notNull(),
  reviewerIds: uuid('reviewer_ids').array().notNull(),
  dueAt: at('due_at').notNull(),
  reminders: integer('reminders').notNull().default(0),
  quarter: text('quarter'),
  closedAt: at('closed_at'),
  closedByName: text('closed_by_name'),
  reason: text('reason'),
});
export type ReviewRow = typeof accessReviews.$inferSelect;

/** What a grant is to become. */
export interface WantedTerms {
  roleId: string;
  scope: Scope;
  validUntil: string | null;
}

export const reviewItems = tenantTable('access_review_items', {
  reviewId: uuid('review_id').notNull(),
  kind: text('kind').$type<ItemKind>().notNull(),
  refId: uuid('ref_id').notNull(),
  subjectId: uuid('subject_id').notNull(),
  subjectName: text('subject_name').notNull(),
  subjectEmail: text('subject_email').notNull(),
  machine: boolean('machine').notNull(),
  answerableId: uuid('answerable_id'),
  holding: text('holding').notNull(),
  roleId: uuid('role_id'),
  scope: jsonb('scope').$type<Scope>(),
  validUntil: at('valid_until'),
  givenBy: uuid('given_by'),
  givenByName: text('given_by_name'),
  givenAt: at('given_at').notNull(),
  lastUsedAt: at('last_used_at'),
  unused: boolean('unused').notNull(),
  lookedBackDays: integer('looked_back_days').notNull(),
  unusedPermissions: text('unused_permissions').array().notNull(),
  toxic: text('toxic').array().notNull(),
  reviewerIds: uuid('reviewer_ids').array().notNull(),
  state: text('state').$type<ItemState>().notNull(),
  verdict: text('verdict').$type<Verdict>(),
  comment: text('comment'),
  decisionId: uuid('decision_id'),
  decidedBy: uuid('decided_by'),
  decidedByName: text('decided_by_name'),
  decidedIn: text('decided_in'),
  decidedAt: at('decided_at'),
  wanted: jsonb('wanted').$type<WantedTerms>(),
  handedAt: at('handed_at'),
  changeId: uuid('change_id'),
  changeNumber: text('change_number'),
  problem: text('problem'),
  endedAt: at('ended_at'),
});
export type ItemRow = typeof reviewItems.$inferSelect;
export type NewItem = typeof reviewItems.$inferInsert;

export const reviewDecisions = pgTable('access_review_decisions', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  itemId: uuid('item_id').notNull(),
  verdict: text('verdict').$type<Verdict>().notNull(),
  comment: text('comment'),
  decidedBy: uuid('decided_by'),
  decidedByName: text('decided_by_name').notNull(),
  createdAt: at('created_at').notNull(),
});

export const reviewPlans = pgTable('access_review_plans', {
  tenantId: uuid('tenant_id').primaryKey(),
  every: text('every').$type<'never' | 'quarter'>().notNull(),
  reviewers: text('reviewers').$type<ReviewerKind>().notNull(),
  reviewerIds: uuid('reviewer_ids').array().notNull(),
  days: integer('days').notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: at('updated_at').notNull().defaultNow(),
});
export type PlanRow = typeof reviewPlans.$inferSelect;
