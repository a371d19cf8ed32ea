/**
 * A reporter for `node --test`: one line of JSON per test, `{ name, state, note? }`, where the note is the reason why it was left out or failed.
 * Groups are left out.
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} source
 */
export default async function* lines(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A file that ends without a test is reported as a test of the file's own name.
    if (data.details.type === 'suite') continue;
    const idle = data.skip !== undefined || data.todo !== undefined;
    const state = idle ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    const { cause, message } = /** @type {{ cause?: unknown, message?: string }} */ (type === 'test:fail' ? data.details.error : {});
    const why = cause instanceof Error ? cause.message : message;
    const note = [data.skip, data.todo, why].find((reason) => typeof reason === 'string' && reason);
    yield `${JSON.stringify({ file: data.file ?? '', name: data.name, state, note })}\n`;
  }
}
