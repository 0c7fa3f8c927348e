/** Words of the pages of documents, in both languages. */
import type { UiLanguage } from './language';

const en = {
  about:
    'What all figures and facts rest on. Texts are cited by paragraph and characters, tables by cell. The texts themselves are not published here.',
  texts: 'Texts',
  tables: 'Tables',
  counts: (citations: string, paragraphs: string) => `${citations} citations in ${paragraphs} paragraphs`,
  figures: (count: string) => `${count} figures`,
  languages: 'Languages',
  checksum: 'SHA-256',
  licence: 'Licence',
  publisher: 'Publisher',
  notPrinted: 'not printed',
  retrieved: 'Retrieved on',
  published: 'Published on',
  file: 'File',
  description: 'By which description it was read',
  taken: 'What was taken from each paragraph',
  takenAbout:
    'Each paragraph of the text, in order, with the facts that it proves. Where there are none, nothing was taken.',
  paragraph: (number: number) => `Paragraph ${number}`,
  facts: (count: number) => (count === 1 ? '1 fact' : `${count} facts`),
  left: 'Nothing was taken.',
};

const vi: typeof en = {
  about:
    'Nguồn của mọi số liệu và dữ kiện. Văn bản được trích dẫn theo đoạn và ký tự, bảng theo ô. Bản thân các văn bản không được công bố ở đây.',
  texts: 'Văn bản',
  tables: 'Bảng số liệu',
  counts: (citations: string, paragraphs: string) => `${citations} trích dẫn trong ${paragraphs} đoạn`,
  figures: (count: string) => `${count} số liệu`,
  languages: 'Ngôn ngữ',
  checksum: 'SHA-256',
  licence: 'Giấy phép',
  publisher: 'Nơi xuất bản',
  notPrinted: 'không được in',
  retrieved: 'Ngày lấy về',
  published: 'Ngày xuất bản',
  file: 'Tệp',
  description: 'Mô tả dùng để đọc bảng',
  taken: 'Đã lấy gì từ mỗi đoạn',
  takenAbout:
    'Từng đoạn của văn bản, theo thứ tự, với các dữ kiện mà đoạn đó chứng minh. Đoạn trống là đoạn không được lấy gì.',
  paragraph: (number: number) => `Đoạn ${number}`,
  facts: (count: number) => `${count} dữ kiện`,
  left: 'Không lấy gì.',
};

export const documentWords: Readonly<Record<UiLanguage, typeof en>> = { en, vi };
