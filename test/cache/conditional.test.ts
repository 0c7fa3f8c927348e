/** Tags that clients send back, well and badly. */
import t from 'tap';
import { checkMatch, encodedTag, etagOf, namedTag, namesAnything } from '../../src/cache/conditional.ts';

const etag = etagOf([1]);
const packed = encodedTag(etag, 'gzip');
const named = (list: string | undefined, encodings = ''): string | undefined =>
  namedTag({ 'if-none-match': list, 'accept-encoding': encodings }, etag);

t.test('a tag is named alone, in a list, and as a weak one', async (t) => {
  t.match(etag, /^"[\w-]{27}"$/);
  for (const list of [
    etag,
    `W/${etag}`,
    ` ${etag} `,
    `"a", ${etag}`,
    `"a",W/"b",,${etag},"c"`,
    `"x,y" , ${etag}`,
  ]) {
    t.equal(named(list), etag, list);
  }
});

t.test('what is no list of tags names none from there on', async (t) => {
  const bare = etag.slice(1, -1);
  for (const list of [undefined, '', bare, `"${bare}`, `${bare}"`, `w/${etag}`, `x${etag}`, `"a" ${etag}`]) {
    t.equal(named(list), undefined, `${list}`);
  }
  t.equal(named(`"a"${etag}"b"`), undefined, 'a tag within the quotes of others');
  t.equal(named(`${etag}, garbage`), etag);
});

t.test('the tag of an encoding is one of its own, named by who can read it', async (t) => {
  t.equal(packed, `${etag.slice(0, -1)}-gzip"`);
  t.equal(named(packed, 'gzip'), packed);
  t.equal(named(packed, 'br, gzip'), packed);
  t.equal(named(packed), undefined, 'who keeps it could not read it');
  t.equal(named(`${packed}, ${etag}`), etag);
  t.equal(named(etag, 'gzip'), etag, 'it may be too small to be packed');
  t.equal(named(etag, 'gzip, identity;q=0'), undefined);
});

t.test('many tags, and quotes without end, are read in no time', async (t) => {
  for (const part of ['"', '"a", ', 'W/', ' ,', '"a" ', ' ']) {
    const begin = performance.now();
    named(part.repeat(16_384 / part.length));
    t.ok(performance.now() - begin < 100, part);
  }
});

t.test('an asterisk is anything, and alone', async (t) => {
  t.ok(namesAnything({ 'if-none-match': ' * ' }));
  t.notOk(namesAnything({ 'if-none-match': '*, "a"' }));
  t.notOk(namesAnything({}));
});

t.test('If-Match is held to a strong tag, in whatever encoding it was had', async (t) => {
  for (const list of [undefined, '*', etag, packed, `"a", ${etag}`]) {
    t.doesNotThrow(() => checkMatch({ 'if-match': list }, etag));
  }
  for (const list of ['', '"a"', `W/${etag}`, 'garbage']) {
    t.throws(() => checkMatch({ 'if-match': list }, etag), { code: 'precondition_failed', status: 412 });
  }
});
