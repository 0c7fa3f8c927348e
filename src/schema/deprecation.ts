/** What is to go: an operation, an argument or a member says so by `x-deprecated`, and each mouth tells its clients. */
export interface Deprecation {
  /** The day since which it is told, `YYYY-MM-DD`. */
  since: string;
  /** The day on which it goes, where that is decided. */
  sunset?: string;
  /** What to use instead, as a sentence. */
  instead: string;
}

/** `Deprecated since 2026-12-01, gone on 2027-12-01. Use "themes".` */
export function reasonOf({ since, sunset, instead }: Deprecation): string {
  const until = sunset === undefined ? '' : `, gone on ${sunset}`;
  return `Deprecated since ${since}${until}. ${instead}`;
}
