/** The contract of what GraphQL clients can subscribe to; REST has no such thing. */
import Type, { type TObject } from 'typebox';
import { Release } from './release.ts';

/** What `since` may be; the first release has the number 1. */
const Since = Type.Integer({
  minimum: 0,
  maximum: 2_147_483_647,
  description:
    'The number of the last release that the client knows: those after it are told first, in order. Left out: only releases from now on.',
});

interface Subscription {
  args: TObject;
  of: TObject;
  /** A sentence without its full stop. */
  summary: string;
}

export type SubscriptionName = 'releasePublished';

export const subscriptions: Readonly<Record<SubscriptionName, Subscription>> = {
  releasePublished: {
    args: Type.Object({ since: Type.Optional(Since) }, { additionalProperties: false }),
    of: Release,
    summary: 'Each release when it is published, with counts of what it changed',
  },
};
