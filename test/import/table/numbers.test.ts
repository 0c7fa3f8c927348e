import t from 'tap';
import { type NumberFormat, numberProblem, readNumber, survives } from '../../../src/import/table/numbers.ts';

const dot: NumberFormat = { decimal: '.', thousands: '' };
const vietnamese: NumberFormat = { decimal: ',', thousands: '.' };
const spaced: NumberFormat = { decimal: ',', thousands: ' ' };
const english: NumberFormat = { decimal: '.', thousands: ',' };
const swiss: NumberFormat = { decimal: '.', thousands: "'" };
const percent: NumberFormat = { ...vietnamese, percent: true };

const read: [text: string, format: NumberFormat, value: string][] = [
  ['0', dot, '0'],
  ['-0', dot, '0'],
  ['1234', dot, '1234'],
  ['-7.4', dot, '-7.4'],
  ['\u22127.4', dot, '-7.4'],
  ['+3', dot, '3'],
  ['007', dot, '7'],
  ['-00.50', dot, '-0.50'],
  ['-0.00', dot, '0.00'],
  ['.5', dot, '0.5'],
  ['-.5', dot, '-0.5'],
  ['12345678901234567890.123456789', dot, '12345678901234567890.123456789'],
  [' 12\t', dot, '12'],
  ['\u00a012,5\u2009', vietnamese, '12.5'],
  ['\u202f12\u00a0', dot, '12'],
  ['1 234,50', spaced, '1234.50'],
  ['1\u00a0234\u202f567', spaced, '1234567'],
  ['1234,5', spaced, '1234.5'],
  ['1.234.567,8', vietnamese, '1234567.8'],
  ['-1,234.5', english, '-1234.5'],
  ["1'234'567", swiss, '1234567'],
  ['1.5E+3', dot, '1.5e3'],
  ['1e-7', dot, '1e-7'],
  ['-1.5e05', dot, '-1.5e5'],
  ['1.7976931348623157e+308', dot, '1.7976931348623157e308'],
  ['12,5%', percent, '12.5'],
  ['12,5 %', percent, '12.5'],
  ['1.000\u00a0%', percent, '1000'],
  ['12', percent, '12'],
];
for (const [text, format, value] of read) {
  const { decimal, thousands } = format;
  t.test(`"${text}" is ${value} where marks are "${decimal}" and "${thousands}"`, async (t) => {
    t.equal(readNumber(text, format), value);
  });
}

const refused: [text: string, format: NumberFormat, problem: string][] = [
  ['', dot, 'the cell is empty'],
  [' \u00a0', dot, 'the cell is empty'],
  ['..', dot, '".." has no digits'],
  ['-', dot, '"-" has no digits'],
  ['.', dot, '"." has no digits'],
  ['%', percent, '"%" has no digits'],
  ['n/a', dot, '"n/a" has "n", which is no part of a number'],
  ['12 km', spaced, '"12 km" has "k", which is no part of a number'],
  ['\u0661\u0662', dot, '"\u0661\u0662" has "\u0661", which is no part of a number'],
  ['𝟏2', dot, '"𝟏2" has "𝟏", which is no part of a number'],
  ['(7.4)', dot, '"(7.4)" is in brackets: a negative number has a minus sign'],
  ['12%', dot, '"12%" has a percent sign, which the spec does not allow here'],
  ['12%%', percent, '"12%%" is not written as one number'],
  ['1.234,5', dot, '"1.234,5" has a comma where the spec says that the decimal mark is a dot'],
  ['12.5', spaced, '"12.5" has a dot where the spec says that the decimal mark is a comma'],
  [
    '12.5 %',
    { ...spaced, percent: true },
    '"12.5 %" has a dot where the spec says that the decimal mark is a comma',
  ],
  ['1 234', dot, '"1 234" has a space where the spec says that nothing parts the thousands'],
  ["1'234", english, '"1\'234" has an apostrophe where the spec says that a comma parts the thousands'],
  ['12.5', vietnamese, '"12.5" has a dot where no group of three digits begins'],
  ['0.234', vietnamese, '"0.234" has a dot where no group of three digits begins'],
  ['1.2345', vietnamese, '"1.2345" has a dot where no group of three digits begins'],
  ['1234.567', vietnamese, '"1234.567" has a dot where no group of three digits begins'],
  ['1  234', spaced, '"1  234" has a space where no group of three digits begins'],
  ['- 7', spaced, '"- 7" has a space where no group of three digits begins'],
  ['1.2.3', dot, '"1.2.3" is not written as one number'],
  ['5.', dot, '"5." is not written as one number'],
  ['1-2', dot, '"1-2" is not written as one number'],
  ['--1', dot, '"--1" is not written as one number'],
  ['1e', dot, '"1e" is not a number with an exponent that a spreadsheet would write'],
  ['1e309', dot, '"1e309" is not a number with an exponent that a spreadsheet would write'],
  ['1e9999', dot, '"1e9999" is not a number with an exponent that a spreadsheet would write'],
  ['e5', dot, '"e5" is not a number with an exponent that a spreadsheet would write'],
  [`x${'1'.repeat(50)}`, dot, `"x${'1'.repeat(39)}…" has "x", which is no part of a number`],
];
for (const [text, format, problem] of refused) {
  const { decimal, thousands } = format;
  t.test(`"${text}" is no number where marks are "${decimal}" and "${thousands}"`, async (t) => {
    t.equal(readNumber(text, format), undefined);
    t.equal(numberProblem(text, format), problem);
  });
}

t.test('found by fuzzing: a number is told from one that a JSON number rounds, or cannot hold', async (t) => {
  for (const number of [
    '0',
    '0.00',
    '0e5',
    '-7.40',
    '123456789012345',
    '0.30000000000000004',
    '1.7976931348623157e308',
    '5e-324',
    '100000000000000000000',
  ])
    t.ok(survives(number, number), number);
  for (const number of [
    '12345678901234567',
    '0.1234567890123456789',
    '1e309',
    '-1e309',
    '1e-400',
    '1'.repeat(400),
    `0.${'0'.repeat(400)}1`,
  ])
    t.notOk(survives(number, number), number);
  t.ok(survives('0.30000000000000004', '0.30000000000000004e3'));
  t.ok(survives('-0.30000000000000004', '-0.30000000000000004'));
  t.notOk(survives('-12345678901234567', '-12345678901234567'));
  t.notOk(survives('1e307', '1e310'));
  t.notOk(survives('1e-320', '1e-326'));
});

t.test('a hundred thousand digits are read or refused in no time', async (t) => {
  const started = performance.now();
  t.equal(readNumber(`${'1'.repeat(100_000)}x`, vietnamese), undefined);
  t.equal(readNumber(`1${'.111'.repeat(25_000)}x`, vietnamese), undefined);
  t.equal(readNumber(`${'1 '.repeat(50_000)}`, spaced), undefined);
  t.ok(performance.now() - started < 1000);
});
