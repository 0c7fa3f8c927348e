/** The finder of number words finds them, and leaves the words that look like them. */
import t from 'tap';
import { digitsIn, numberWordsIn } from './number-words.ts';

const words = (text: string): string[] => numberWordsIn([[...text]]).map((found) => found.text);

t.test(
  'finds Arabic numbers: cardinals, ordinals, fractions, multiples and duals, with what is joined',
  async (t) => {
    t.strictSame(
      words('ثلاثة بيوت وبثلاثة والثاني والعشرين أولاً الستّة مليون مرتين نصف بلديتان يومي عامين للثالثة'),
      [
        'ثلاثة',
        'وبثلاثة',
        'والثاني',
        'والعشرين',
        'أولاً',
        'الستّة',
        'مليون',
        'مرتين',
        'نصف',
        'بلديتان',
        'يومي',
        'عامين',
        'للثالثة',
      ],
    );
  },
);

t.test('finds Hebrew numbers, with what is joined', async (t) => {
  t.strictSame(words('שלושה ימים ובשנתיים הראשונים מיליארד אחד כפול ומחצית'), [
    'שלושה',
    'ובשנתיים',
    'הראשונים',
    'מיליארד',
    'אחד',
    'כפול',
    'ומחצית',
  ]);
});

t.test('leaves words that only begin or end like a number', async (t) => {
  t.strictSame(words('المستوى استمرت ليست المرتبة الاستثمار تحسين الموظفين المستدامة'), []);
  t.strictSame(words('שנת יש השלמה שלטי רבעון משימות'), []);
});

t.test('gives offsets in code points, paragraphs from 1, and digits of every script', async (t) => {
  t.strictSame(numberWordsIn([[...'a'], [...'😀 ثلاثة']]), [
    { paragraph: 2, text: 'ثلاثة', start: 2, end: 7 },
  ]);
  t.strictSame(digitsIn([[...'😀12 ٣٤']]), [
    { paragraph: 1, text: '12', start: 1, end: 3 },
    { paragraph: 1, text: '٣٤', start: 4, end: 6 },
  ]);
});
