import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../proxy/config.ts';

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  test('all have a default that works for trying things out', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      port: 8787,
      shopsDir: 'shops',
      openai: { apiKey: null },
      sessionSecrets: [],
      trustProxy: [],
      allowPrivateNetwork: false,
    });
  });

  test('name the model when there is a key', () => {
    expect(readConfig({ OPENAI_API_KEY: 'sk-1' }).openai).toEqual({
      apiKey: 'sk-1',
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-6-luna',
      wire: 'responses',
    });
    const other = {
      OPENAI_API_KEY: 'x',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
      OPENAI_MODEL: 'qwen',
      OPENAI_WIRE: 'chat',
    };
    expect(readConfig(other).openai).toEqual({
      apiKey: 'x',
      baseUrl: 'http://127.0.0.1:11434/v1',
      model: 'qwen',
      wire: 'chat',
    });
  });

  test('name a mail server and a sender, which need each other', () => {
    const from = { name: 'Acme, the shop', address: 'clerk@acme.example' };
    const MAIL_FROM = 'Acme, the shop <clerk@acme.example>';
    const server = (SMTP_URL: string) => readConfig({ SMTP_URL, MAIL_FROM }).mail;
    const open = { user: '', password: '', from };
    expect(readConfig({}).mail).toBeNull();
    expect(server('smtps://mail.example')).toEqual({ host: 'mail.example', port: 465, tls: 'implicit', ...open });
    expect(server('smtp://me%40acme.example:p%25%3A@mail.example:2525')).toEqual({
      host: 'mail.example',
      port: 2525,
      tls: 'required',
      user: 'me@acme.example',
      password: 'p%:',
      from,
    });
    expect(server('smtp://mail.example')).toMatchObject({ port: 587, tls: 'required' });
    for (const inside of [
      'smtp://localhost:25',
      'smtp://127.0.0.1:25',
      'smtp://[::1]:25',
      'smtp://mail.example:25?tls=none',
    ]) {
      expect(server(inside)).toMatchObject({ port: 25, tls: 'none' });
    }
    expect(readConfig({ SMTP_URL: 'smtps://m.example', MAIL_FROM: 'clerk@acme.example' }).mail).toMatchObject({
      from: { name: '', address: 'clerk@acme.example' },
    });
    expect(problems({ MAIL_FROM })).toEqual(['SMTP_URL is missing: MAIL_FROM needs it']);
    expect(problems({ SMTP_URL: 'smtps://mail.example' })).toEqual(['MAIL_FROM is missing: SMTP_URL needs it']);
  });

  test.each([
    ['SMTP_URL', 'mail.example', 'must be such as smtps://'],
    ['SMTP_URL', 'https://mail.example', 'must be such as smtps://'],
    ['SMTP_URL', 'smtps://', 'must be such as smtps://'],
    ['SMTP_URL', 'smtps://mail.example/x', 'must be such as smtps://'],
    ['SMTP_URL', 'smtps://hunter2:%zz@mail.example', 'write it as %25'],
    ['SMTP_URL', 'smtps://hunter2@mail.example', 'needs both'],
    ['SMTP_URL', 'smtp://mail.example?debug=true', 'no options but'],
    ['SMTP_URL', 'smtps://mail.example?tls=none', 'take ?tls=none away'],
    ['MAIL_FROM', 'Acme', 'must be an address'],
    ['MAIL_FROM', 'a@b.example, c@d.example', 'must be an address'],
    ['MAIL_FROM', 'Acme\r\nBcc: x@y.example <a@b.example>', 'must be an address'],
  ])('refuse %s=%s without saying what stands in it', (name, value, message) => {
    const others = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'clerk@acme.example' };
    const [problem, ...more] = problems({ ...others, [name]: value });
    expect(more).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} `));
    expect(problem).toContain(message);
    expect(problem).not.toContain('hunter2');
  });

  test('take several session secrets and several trusted proxies, apart by commas', () => {
    const [newer, older] = ['n'.repeat(32), 'o'.repeat(32)];
    const env = { SESSION_SECRET: `${newer}, ${older}`, TRUST_PROXY: 'loopback, 10.0.0.0/8,2001:db8::1' };
    expect(readConfig(env)).toMatchObject({
      sessionSecrets: [newer, older],
      trustProxy: ['loopback', '10.0.0.0/8', '2001:db8::1'],
    });
    expect(problems({ SESSION_SECRET: `${newer},short` })).toEqual([
      expect.stringMatching(/^SESSION_SECRET must have/),
    ]);
    expect(problems({ TRUST_PROXY: '1, 10.0.0.0/99, proxy.example' })).toHaveLength(3);
  });

  test('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '' })).toMatchObject({
      port: 8787,
      openai: { apiKey: null, baseUrl: 'https://api.openai.com/v1' },
    });
  });

  test('that are wrong are told all at once, each with what to write', () => {
    const wrong = {
      PORT: '99999',
      NODE_ENV: 'prod',
      LOG_LEVEL: 'loud',
      OPENAI_BASE_URL: 'api.openai.com',
      SESSION_SECRET: 'short',
      ALLOW_PRIVATE_NETWORK: 'yes',
    };
    const said = problems(wrong);
    for (const name of Object.keys(wrong))
      expect(
        said.filter((line) => line.startsWith(name)),
        name,
      ).not.toEqual([]);
    expect(said).toHaveLength(6);
    expect(said.join('\n')).toContain('LOG_LEVEL must be one of trace, debug, info, warn, error, silent');
    expect(said.join('\n')).not.toContain('short');
    expect(said.join('\n')).toContain('PORT must be a whole number from 0 to 65535');
  });
});
