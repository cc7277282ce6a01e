import { ChatError } from '../errors.ts';

export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

/**
 * Length is what counts (NIST SP 800-63B); beyond it only what somebody who knows the account tries first.
 * @throws ChatError `invalid_request`, saying what to write instead
 */
export function checkPassword(password: string, email: string): void {
  const { min, max } = PASSWORD_LENGTH;
  const length = [...password].length;
  if (length < min || password.length > max) {
    throw new ChatError(
      'invalid_request',
      `The password must have ${min} to ${max} characters; three or four words do well.`,
    );
  }
  const name = email.split('@')[0]!;
  const small = password.toLowerCase();
  if (small.includes(email) || (name.length >= 4 && small.startsWith(name) && length < name.length + 6)) {
    throw new ChatError('invalid_request', 'The password must not be made of your e-mail address.');
  }
  if (new Set(small).size < 5) throw new ChatError('invalid_request', 'The password repeats too few characters.');
}
