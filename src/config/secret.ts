/** Settings that hold a password, given as the name of a file, as Docker and Kubernetes hand secrets over. */
import { readFileSync } from 'node:fs';
import type { Fault } from '../errors.ts';
import type { Setting } from './setting.ts';

/**
 * What the environment says of a setting: the text of NAME or, of a secret, of the file that NAME_FILE names, without the
 * white space around it. Empty or undefined: nothing. What is wrong is added to the faults, which never repeat a secret.
 */
export function textOf(
  { name, secret }: Pick<Setting<unknown>, 'name' | 'secret'>,
  env: NodeJS.ProcessEnv,
  faults: Fault[],
): string | undefined {
  const text = env[name];
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return text;
  const fault = (message: string): undefined => {
    faults.push({ code: 'bad_setting', message });
  };
  if (text) return fault(`${name} and ${name}_FILE are both set; leave one of them out`);
  try {
    const secret = readFileSync(file, 'utf8').trim();
    return secret === '' ? fault(`${name}_FILE names a file that is empty`) : secret;
  } catch (error) {
    return fault(`${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
