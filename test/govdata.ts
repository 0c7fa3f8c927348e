/** The command line in this process. */
import { main } from '../src/commands/main.ts';

export interface Result {
  code: number;
  out: string;
  err: string;
}

interface Surroundings {
  url?: string;
  watched?: boolean;
  /** What somebody who is there answers; nobody is, unless it is given. */
  confirm?: (question: string) => Promise<boolean>;
}

/** A command on the database of `url`. */
export async function govdata(
  args: string[],
  { url = '', watched = false, confirm }: Surroundings = {},
): Promise<Result> {
  const result: Result = { code: -1, out: '', err: '' };
  process.env['DATABASE_URL'] = url;
  result.code = await main(args, {
    out: (text) => {
      result.out += text;
    },
    err: (text) => {
      result.err += text;
    },
    watched,
    ...(confirm === undefined ? {} : { confirm }),
  });
  return result;
}
