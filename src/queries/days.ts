/** Days as the service counts them: `YYYY-MM-DD`, today as in Viet Nam. */
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const oneDay = 86_400_000;
export const dayBefore = (date: string): string => dayAt(Date.parse(date) - oneDay);
export const dayAfter = (date: string): string => dayAt(Date.parse(date) + oneDay);

/** Viet Nam is seven hours ahead of UTC, in summer too. */
const ahead = 7 * 3_600_000;
export const todayInVietNam = (now: Date): string => dayAt(now.getTime() + ahead);

/** When the day ends, in milliseconds since 1970. */
export const midnightAfter = (now: Date): number =>
  (Math.floor((now.getTime() + ahead) / oneDay) + 1) * oneDay - ahead;
