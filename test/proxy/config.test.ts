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
