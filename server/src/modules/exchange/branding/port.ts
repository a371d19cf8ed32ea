import type { z } from 'zod';
import { definePort } from '#kernel/port.ts';
import type { Face } from './schemas.ts';

export interface Picture {
  content: Buffer;
  mediaType: string;
}

/** How an exchange presents itself, without anybody signing in. */
export interface Faces {
  /** Undefined where there is no such tenant, or its exchange shows nothing to the world and has said nothing of itself. */
  of: (tenantSlug: string) => Promise<z.input<typeof Face> | undefined>;
  /** Undefined where there is no such tenant, it is closed, or its exchange has no logo of its own. */
  logo: (tenantId: string) => Promise<Picture | undefined>;
}
export const Faces = definePort<Faces>('exchange.faces');

/** Draws what was uploaded anew, as it is done with the logo of a tenant. */
export interface LogoDrawing {
  /** `base64`: a PNG, JPEG or WebP of at most 2 MiB. Throws `image-invalid`. */
  draw: (base64: string) => Promise<Picture>;
}
export const LogoDrawing = definePort<LogoDrawing>('exchange.logo-drawing');
