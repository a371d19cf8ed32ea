import { writeFileSync } from 'node:fs';
import { demandTests, emptySuite, failure } from './counts.mjs';

/** Writes one Suite per Vitest project to the file named in COUNTS_FILE. */
export default class CountsReporter {
  /** @param {import('vitest/node').Vitest} vitest */
  onInit(vitest) {
    this.projects = vitest.projects.map(({ name }) => name);
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message?: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const suites = new Map((this.projects ?? []).map((name) => [name, emptySuite(name)]));
    for (const module of modules) {
      const suite = suites.get(module.project.name);
      if (!suite) continue;
      // A file that cannot be loaded has no tests that could fail.
      for (const error of module.errors()) suite.failed.push(`${module.relativeModuleId}: ${error.message}`);
      for (const test of module.children.allTests()) count(suite, `${module.relativeModuleId} > ${test.fullName}`, test.result());
    }
    const all = [...suites.values()].map(demandTests);
    if (unhandled.length > 0) all.push({ ...emptySuite('vitest'), failed: unhandled.map(({ message }) => `unhandled error: ${message}`) });
    const file = process.env.COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify(all));
  }
}

/**
 * @param {import('./counts.mjs').Suite} suite
 * @param {string} name
 * @param {import('vitest/node').TestResult} result
 */
function count(suite, name, result) {
  if (result.state === 'passed') suite.passed += 1;
  else if (result.state === 'skipped') suite.skipped.push(result.note ? `${name} (${result.note})` : name);
  else suite.failed.push(failure(name, result.errors?.map(({ message, diff = '' }) => `${message}\n${diff}`).join('\n')));
}
