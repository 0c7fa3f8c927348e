import t from 'tap';
import {
  englishFullName,
  fullNameOf,
  readFullName,
  sameName,
  slug,
  tidy,
  transliterate,
} from '../../../src/import/tree/names.ts';

t.test('a full name is told apart by the words for types of its level', async (t) => {
  t.strictSame(readFullName('commune', 'Thị Trấn  Phố Ràng'), { type: 'township', name: 'Phố Ràng' });
  t.strictSame(readFullName('district', 'Thành phố Hoa Lư'), { type: 'city', name: 'Hoa Lư' });
  t.strictSame(readFullName('province', 'Tỉnh Hoà Bình'), { type: 'province', name: 'Hòa Bình' });
  t.strictSame(
    readFullName('commune', 'Phường 05'),
    { type: 'ward', name: '5' },
    'one way to write a number',
  );
  t.strictSame(readFullName('commune', 'Phường Phường Đúc'), { type: 'ward', name: 'Phường Đúc' });
  t.strictSame(readFullName('commune', 'Thị trấn N.T Phong Hải')?.name, 'Nông trường Phong Hải');
  t.strictSame(readFullName('commune', 'Thị trấn NT Mộc Châu')?.name, 'Nông trường Mộc Châu');
  t.equal(readFullName('province', 'Huyện Bảo Yên'), undefined, 'a district is no province');
  t.equal(readFullName('country', 'Việt Nam'), undefined);
});

t.test('names have one normal form, one apostrophe, one space and one placement of the tone', async (t) => {
  const forms: [given: string, tidied: string][] = [
    ['Hoà', 'Hòa'],
    ['Thuỷ', 'Thủy'],
    ['Thụy', 'Thụy'],
    ['Khoẻ', 'Khỏe'],
    ['Hoàn Kiếm', 'Hoàn Kiếm'],
    ['Quý', 'Quý'],
    ['Quỳnh Lưu', 'Quỳnh Lưu'],
    ['HOÀ', 'HÒA'],
    ['Ea H’Leo', "Ea H'Leo"],
    [' Xã   A ', 'Xã A'],
    ['Hòa'.normalize('NFD'), 'Hòa'],
  ];
  for (const [given, tidied] of forms) t.equal(tidy(given), tidied);
  t.ok(sameName('Đăk Tô', 'đăk tô'));
  t.notOk(sameName('Đăk Tô', 'Đắk Tô'), 'marks tell names apart');
});

t.test('English names are transliterated, with the word for the type', async (t) => {
  t.equal(transliterate("Ea H'Leo Đắk"), "Ea H'Leo Dak");
  t.equal(englishFullName({ type: 'commune', name: 'Bảo Hà' }), 'Bao Ha Commune');
  t.equal(englishFullName({ type: 'special_zone', name: 'Côn Đảo' }), 'Con Dao Special zone');
  t.equal(englishFullName({ type: 'ward', name: '5' }), 'Ward 5', 'a number comes last');
  t.equal(fullNameOf({ type: 'urban_district', name: '1' }), 'Quận 1');
  t.equal(slug("Ea H'Leo - Đắk"), 'ea-hleo-dak');
});
