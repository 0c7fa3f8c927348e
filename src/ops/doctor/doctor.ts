/** `govdata doctor`: what is wrong with the database and around it, each with what to do. It only reads. */
import type { Database } from '../../db/client.ts';
import { FaultsError, toPublicError } from '../../errors.ts';
import { type Check, type Context, fault, type Outcome, type Problem, type Status } from './check.ts';
import { citations, orphans, releases } from './data.ts';
import { indexes } from './indexes.ts';
import { clock, disk } from './machine.ts';
import { nodes } from './nodes.ts';
import { connection, extensions, migrations, rights, version } from './server.ts';

/** In the order in which a fault makes the next ones likely. */
export const checks: readonly Check[] = [
  connection,
  version,
  migrations,
  extensions,
  rights,
  releases,
  orphans,
  citations,
  indexes,
  disk,
  clock,
  nodes,
];

export interface Finding {
  check: string;
  status: Status;
  message: string;
  /** What to do; null where nothing is wrong. */
  remedy: string | null;
}

export interface DoctorReport {
  /** The worst of all findings. */
  status: Status;
  findings: Finding[];
}

export interface DoctorOptions {
  /** Addresses of services, such as `https://data.example`. Throws a FaultsError where one is none. */
  nodes?: readonly string[];
  now?: () => Date;
  log?: (line: string) => void;
}

/** Never throws for what a check finds, or cannot look at: that is a finding. */
export async function examine(
  database: Database,
  { nodes = [], now = () => new Date(), log = () => undefined }: DoctorOptions = {},
): Promise<DoctorReport> {
  const wrong = nodes.filter((node) => !/^https?:/.test(node) || !URL.canParse(node));
  if (wrong.length > 0) {
    throw new FaultsError(
      'The nodes cannot be asked.',
      wrong.map((node) => ({
        code: 'bad_address',
        message: `"${node}" is not an address like https://data.example`,
      })),
    );
  }
  const context: Context = { database, now, nodes };
  const findings: Finding[] = [];
  let usable = true;
  for (const check of checks) {
    log(`checking ${check.name}`);
    if (!usable && check.readsData) continue;
    const found = findingsOf(check, await outcomeOf(check, context));
    findings.push(...found);
    const failed = found.some(({ status }) => status === 'fault');
    if (failed && check === connection && found.some(({ message }) => message.startsWith(unreachable))) break;
    if (failed && check === migrations) usable = false;
  }
  const worst = (one: Status, { status }: Finding): Status => (ranks[status] > ranks[one] ? status : one);
  return { status: findings.reduce<Status>(worst, 'ok'), findings };
}

const ranks: Record<Status, number> = { ok: 0, warning: 1, fault: 2 };

const unreachable = 'the database cannot be asked';

async function outcomeOf(check: Check, context: Context): Promise<Outcome> {
  try {
    return await check.run(context);
  } catch (error) {
    return { note: '', problems: [problemOf(error)] };
  }
}

function problemOf(error: unknown): Problem {
  const { code, message } = toPublicError(error);
  // Connecting to a name with several addresses fails with an empty message.
  const reason = [Object(error).message, Object(error).code].find(Boolean);
  // A table or a column that is not there is no matter of the connection.
  const isLacking = `${Object(error).code}`.startsWith('42');
  return code === 'unavailable' && !isLacking
    ? fault(
        `${unreachable}: ${reason}`,
        `${message} See whether it runs, and whether DATABASE_URL has the right host, port, user and password.`,
      )
    : fault(
        `it could not be checked: ${reason}`,
        'Mend what stands above; else look in the log of the database.',
      );
}

function findingsOf({ name }: Check, { note, problems }: Outcome): Finding[] {
  return problems.length === 0
    ? [{ check: name, status: 'ok', message: note, remedy: null }]
    : problems.map((problem) => ({ check: name, ...problem }));
}
