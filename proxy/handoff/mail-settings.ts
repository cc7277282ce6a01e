import { isIP } from 'node:net';
import { z } from 'zod';

/** The mail server of who runs the proxy. */
export interface MailSettings {
  host: string;
  port: number;
  /** `implicit`: TLS from the first byte · `required`: the server must offer STARTTLS · `none`: in the clear. */
  tls: 'implicit' | 'required' | 'none';
  user: string;
  password: string;
  /** Whose name its mails carry. */
  from: { name: string; address: string };
}

type Server = Omit<MailSettings, 'from'>;

const FORM = 'must be such as smtps://user:password@mail.example or smtp://mail.example:587';

/** `SMTP_URL`. What stands in it is never said again: it holds a password. */
export const smtpUrl = z.string().transform((text, context): Server => {
  const wrong = (message: string): never => {
    context.addIssue(message);
    return z.NEVER;
  };
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return wrong(FORM);
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '' || !['', '/'].includes(url.pathname) || url.hash !== '') return wrong(FORM);
  const [user, password] = [unescaped(url.username), unescaped(url.password)];
  if (user === undefined || password === undefined)
    return wrong('has a "%" in its user or password: write it as %25, and what is no letter or digit likewise');
  if ((user === '') !== (password === '')) return wrong('needs both, user and password, or none');
  if (!['', '?tls=none'].includes(url.search)) return wrong('takes no options but ?tls=none');
  const bare = url.search !== '' || isThisMachine(host);
  if (url.protocol === 'smtps:') {
    if (url.search !== '') return wrong('is smtps, which is TLS: take ?tls=none away');
    return { host, port: Number(url.port || 465), tls: 'implicit', user, password };
  }
  return { host, port: Number(url.port || 587), tls: bare ? 'none' : 'required', user, password };
});

/** `MAIL_FROM`: an address, or `Acme <clerk@acme.example>`. */
export const mailFrom = z.string().transform((text, context): MailSettings['from'] => {
  const [, name = '', address = text] = /^([^<>"\r\n]{0,100})<([^<>]*)>$/.exec(text.trim()) ?? [];
  if (z.email().max(200).safeParse(address.trim()).success) return { name: name.trim(), address: address.trim() };
  context.addIssue('must be an address, such as clerk@shop.example or Acme <clerk@shop.example>');
  return z.NEVER;
});

function unescaped(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** A line that leaves no machine needs no cipher; relays on it seldom have a certificate. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
