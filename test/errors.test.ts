import t from 'tap';
import { errorBody, errorCodes, faultLine, nearest, PublicError, toPublicError } from '../src/errors.ts';

const failure = (code: string, message = 'select secret') => Object.assign(new Error(message), { code });

t.test('what the database says becomes an error that a client may see, by SQLSTATE', async (t) => {
  const kinds: [thrown: unknown, code: string, retryAfter: number | undefined][] = [
    [failure('57014'), 'unavailable', 2],
    [failure('53100'), 'unavailable', 2],
    [failure('08006'), 'unavailable', 2],
    [failure('22021'), 'bad_argument', undefined],
    [failure('25006'), 'internal', undefined],
    [failure('23505'), 'internal', undefined],
    [failure('ECONNREFUSED'), 'unavailable', 2],
    [Object.assign(failure('ENOENT'), { syscall: 'connect' }), 'unavailable', 2],
    [Object.assign(failure('ENOENT'), { syscall: 'open' }), 'internal', undefined],
    [new Error('timeout exceeded when trying to connect'), 'unavailable', 2],
    [new Error('outer', { cause: failure('57P01') }), 'unavailable', 2],
    [new Error('outer', { cause: new PublicError('bad_cursor', 'no') }), 'bad_cursor', undefined],
    ['a string', 'internal', undefined],
  ];
  for (const [thrown, code, retryAfter] of kinds) {
    const error = toPublicError(thrown);
    t.equal(error.code, code, String(thrown));
    t.equal(error.retryAfter, retryAfter);
    t.equal(error.status, errorCodes[error.code].status);
    t.notMatch(JSON.stringify(errorBody(error)), /secret/, 'no SQL goes out');
  }
});

t.test('a body holds the parameter and the suggestion only where there are any', async (t) => {
  t.strictSame(Object.keys(errorBody(new PublicError('internal', 'x'))), [
    'code',
    'status',
    'title',
    'detail',
  ]);
  t.match(errorBody(new PublicError('bad_argument', 'x', { parameter: 'place', suggestion: 'on' })), {
    parameter: 'place',
    suggestion: 'on',
  });
});

t.test('a fault is one line: where, what, and what was meant', async (t) => {
  t.equal(
    faultLine({
      code: 'unknown_key',
      message: '"dedline" is no key',
      file: 'a.yml',
      line: 3,
      column: 5,
      suggestion: 'deadline',
    }),
    'a.yml:3:5  unknown_key  "dedline" is no key; did you mean "deadline"?',
  );
  t.equal(faultLine({ code: 'bad_setting', message: 'PORT is wrong' }), 'bad_setting  PORT is wrong');
});

t.test('the nearest word is one that is near, or none', async (t) => {
  t.equal(nearest('Growht', ['value', 'growth']), 'growth');
  t.equal(nearest('zzzzzz', ['value', 'growth']), undefined);
  t.equal(nearest('growth', []), undefined);
});
