import type { Config } from '../config.ts';
import { rotateSecret } from '../kept-secrets.ts';

/** `shop-clerk rotate-secret`. @throws when DATA_DIR can't be written */
export async function rotateSecretCommand(
  { dataDir, sessionSecrets }: Pick<Config, 'dataDir' | 'sessionSecrets'>,
  print: (line: string) => void,
): Promise<void> {
  const older = await rotateSecret(dataDir, 'session-secret');
  print(`A new session secret is in ${dataDir}. Restart Shop Clerk to sign with it.`);
  print(older === 0 ? 'There was none before.' : 'Nobody is logged out: tokens signed before it are still good.');
  if (sessionSecrets.length > 0) {
    print('But SESSION_SECRET is set, and goes before it: put a new secret in front of that list, apart by a comma.');
  }
}
