import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { hashOf } from '../documents.ts';
import type { Fault } from '../engine/index.ts';
import { Policies } from '../providers/port.ts';
import { Document, FaultView, PolicySummary } from '../schemas.ts';
import { TestReportView, testReport } from '../reports.ts';
import { policySummaries } from '../views.ts';

const Lint = z.object({
  valid: z.boolean().meta({ help: 'It can be saved' }),
  name: z.string().nullable(),
  hash: z.string(),
  faults: z.array(FaultView),
  policies: z.array(PolicySummary),
  tests: TestReportView.nullable().meta({ help: 'Null when the document cannot be read' }),
});

export const policiesLint = defineOperation({
  name: 'policies.lint',
  summary: 'Check a policy document and run its tests, without saving it',
  description: 'For editors: every fault with its line and column, what is doubtful, and the outcome of each test in the document.',
  permission: 'policies:test',
  risk: 'read',
  route: { method: 'POST', path: '/policies/lint' },
  // `switchyard policies lint` is the same without a server.
  hiddenFrom: ['cli'],
  input: z.object({ document: Document }),
  output: Lint,
  targets: 'none',
  run: async (ctx, { document }) => {
    const hash = hashOf(document);
    try {
      const policies = ctx.provider(Policies);
      const { set } = policies.read(document, 'draft');
      return {
        valid: true,
        name: set.name,
        hash,
        faults: policies.lint(document),
        policies: policySummaries(set),
        tests: testReport(set, policies.test(set)),
      };
    } catch (error) {
      if (!(error instanceof Problem) || error.slug !== 'policy-invalid') throw error;
      return { valid: false, name: null, hash, faults: error.extras['faults'] as Fault[], policies: [], tests: null };
    }
  },
});
