/** `govdata doctor`: what it prints, and that a fault is a failure. */
import { FaultsError } from '../errors.ts';
import { type DoctorReport, examine } from '../ops/doctor/doctor.ts';
import { type Json, jsonOf, withDatabase } from './run.ts';
import type { Terminal } from './terminal.ts';

export async function doctor(terminal: Terminal, { json, node }: Json & { node: string[] }): Promise<void> {
  const report = await withDatabase(terminal, (database, log) => examine(database, { nodes: node, log }));
  terminal.out(json ? jsonOf(report) : reportText(report));
  const faults = countOf(report, 'fault');
  if (faults > 0) throw new FaultsError(`${faults} ${faults === 1 ? 'fault' : 'faults'} found.`);
}

const countOf = ({ findings }: DoctorReport, wanted: string): number =>
  findings.filter(({ status }) => status === wanted).length;

/** Each with its remedy below it. */
function reportText(report: DoctorReport): string {
  const lines = report.findings.flatMap(({ check, status, message, remedy }) => [
    `${status.padEnd(8)} ${check.padEnd(11)} ${message}`,
    ...(remedy === null ? [] : [`${' '.repeat(21)}${remedy}`]),
  ]);
  const counts = (['ok', 'warning', 'fault'] as const).map((one) => `${countOf(report, one)} ${one}`);
  return `${[...lines, '', counts.join(', ')].join('\n')}\n`;
}
