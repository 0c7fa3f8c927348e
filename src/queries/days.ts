/** Days as the service counts them: `YYYY-MM-DD`, today as in Viet Nam. */
export const dayBefore = (date: string): string =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);

const inVietNam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
export const todayInVietNam = (now: Date): string => inVietNam.format(now);
