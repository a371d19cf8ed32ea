import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#kernel/problem.ts';
import { parseJson } from './json.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes urlencoded bodies; `cross`: from pages of other sites too. */
    form?: 'own' | 'cross' | undefined;
    /** Field that a file is handed on in. */
    upload?: string | undefined;
    /** Field that the body is handed on in as it came. */
    raw?: string | undefined;
  }
}

const refusedType = (): Problem => new Problem('unsupported-media-type', 'Send the body as application/json.');

/** Each name once: a reviewer and the server must not read two different requests (RFC 6749, 3.1). */
function fieldsOf(text: string): Record<string, string> {
  const pairs = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(pairs);
  if (pairs.length !== Object.keys(fields).length) throw new Problem('malformed-request', 'A field of the form is there twice.');
  return fields;
}

/** JSON for every route; forms and files for those that say so. */
export async function addBodies(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body: string, done) => {
    try {
      const { form, raw } = request.routeOptions.config;
      if (form === undefined) throw refusedType();
      done(null, raw === undefined ? fieldsOf(body) : { [raw]: body });
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const field = request.routeOptions.config.upload;
    if (field === undefined) done(refusedType());
    else done(null, { [field]: body.toString('base64') });
  });
  await app.register(multipart, { limits: { files: 1, fields: 0, parts: 1 } });
}

/** The one file of a multipart form, in the field that the route hands it on in; undefined for other bodies. */
export async function uploadOf(request: FastifyRequest): Promise<Record<string, unknown> | undefined> {
  if (!request.isMultipart()) return undefined;
  const { upload } = request.routeOptions.config;
  if (upload === undefined) throw refusedType();
  const file = await request.file({ limits: { fileSize: request.routeOptions.bodyLimit } });
  if (!file) throw new Problem('malformed-request', 'The form holds no file.');
  return { [upload]: (await file.toBuffer()).toString('base64') };
}
