/** Words of charts, in both languages. */
import type { UiLanguage } from './language';

const en = {
  table: 'As a table',
  csv: 'CSV',
  svg: 'SVG',
  png: 'PNG',
  download: (what: string, chart: string) => `Download ${chart} as ${what}`,
};

const vi: typeof en = {
  table: 'Dạng bảng',
  csv: 'CSV',
  svg: 'SVG',
  png: 'PNG',
  download: (what: string, chart: string) => `Tải ${chart} dạng ${what}`,
};

export const chartWords: Readonly<Record<UiLanguage, typeof en>> = { en, vi };
