/**
 * What answers tell browsers, in the words of helmet. Data may be read from anywhere, and is nothing that runs, loads or can
 * be framed; a page loads what is its own.
 */
import helmet from '@fastify/helmet';
import fastify from 'fastify';

export type Policy = ReturnType<typeof policyOfData | typeof policyOfPage>;
/** Name → what is allowed: of what is not named, nothing. */
export type Allowed = Readonly<Record<string, readonly string[]>>;

/** Headers of helmet that say nothing more to a browser of today than those that are sent. */
const unsaid = {
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
  xXssProtection: false,
} as const;

const contentOf = (allowed: Allowed) => ({
  useDefaults: false as const,
  directives: { 'default-src': ["'none'"], ...allowed, 'frame-ancestors': ["'none'"] },
});

/** Of everything, unless a page says otherwise: with the first, what browsers may read is said by CORS alone. */
export const policyOfData = (options: { corsOrigin: string; hstsSeconds: number }) => ({
  ...unsaid,
  contentSecurityPolicy: contentOf({}),
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: {
    policy: options.corsOrigin === '*' ? ('cross-origin' as const) : ('same-origin' as const),
  },
  // Without TLS, a browser takes no notice.
  strictTransportSecurity: options.hstsSeconds > 0 && {
    maxAge: options.hstsSeconds,
    includeSubDomains: false,
  },
});

/** Of a page and what it loads. To be registered beside its routes: it adds to what holds for everything. */
export const policyOfPage = (allowed: Allowed) => ({
  ...unsaid,
  contentSecurityPolicy: contentOf({ 'base-uri': ["'none'"], 'form-action': ["'none'"], ...allowed }),
  crossOriginOpenerPolicy: { policy: 'same-origin' as const },
  crossOriginResourcePolicy: { policy: 'same-origin' as const },
  strictTransportSecurity: false,
});

/** The headers of a policy, for what is answered where there is no helmet. */
export async function headersOf(policy: Policy): Promise<Record<string, string>> {
  const app = fastify();
  await app.register(helmet, policy);
  app.get('/', async (_request, reply) => reply.raw.getHeaders());
  return (await app.inject('/')).json();
}
