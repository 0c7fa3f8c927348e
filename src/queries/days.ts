/** Days as the service counts them: `YYYY-MM-DD`, today as in Viet Nam. */
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const oneDay = 86_400_000;
export const dayBefore = (date: string): string => dayAt(Date.parse(date) - oneDay);
export const dayAfter = (date: string): string => dayAt(Date.parse(date) + oneDay);

const inVietNam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
export const todayInVietNam = (now: Date): string => inVietNam.format(now);

const ahead = 7 * 3_600_000;
/** When the day ends, in milliseconds since 1970: Viet Nam is seven hours ahead of UTC, in summer too. */
export const midnightAfter = (now: Date): number =>
  (Math.floor((now.getTime() + ahead) / oneDay) + 1) * oneDay - ahead;
