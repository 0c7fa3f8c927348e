/** Days as the service counts them: `YYYY-MM-DD`, today as in Viet Nam. */
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const oneDay = 86_400_000;
export const dayBefore = (date: string): string => dayAt(Date.parse(date) - oneDay);
export const dayAfter = (date: string): string => dayAt(Date.parse(date) + oneDay);

const inVietNam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
export const todayInVietNam = (now: Date): string => inVietNam.format(now);
