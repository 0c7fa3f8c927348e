/** The door for subscriptions: the arguments are checked, then what is subscribed to is followed. */
import { type SubscriptionName, subscriptions } from '../schema/subscriptions.ts';
import { checkArguments } from './arguments.ts';
import type { Follower, ReleaseHub } from './following.ts';

type Follow = (hub: ReleaseHub, among: Set<Follower>, checked: Record<string, unknown>) => Promise<Follower>;

const follows: { readonly [Name in SubscriptionName]: Follow } = {
  releasePublished: (hub, among, { since }) => hub.follow(among, since as number | undefined),
};

/** The follower is one of `among` until it ends. */
export async function answerSubscription(
  hub: ReleaseHub,
  among: Set<Follower>,
  name: SubscriptionName,
  args: unknown,
): Promise<Follower> {
  return follows[name](hub, among, checkArguments(name, subscriptions[name].args, args));
}
