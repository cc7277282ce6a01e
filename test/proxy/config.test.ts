import path from 'node:path';
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
      openai: null,
      shop: null,
    });
  });

  test('name the model when there is a key', () => {
    expect(readConfig({ OPENAI_API_KEY: 'sk-1' }).openai).toEqual({
      apiKey: 'sk-1',
      baseUrl: 'https://api.openai.com/v1',
    });
    expect(readConfig({ OPENAI_API_KEY: 'sk-1' }).model).toBe('gpt-6-luna');
    const other = { OPENAI_API_KEY: 'x', OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'qwen' };
    expect(readConfig(other)).toMatchObject({
      openai: { apiKey: 'x', baseUrl: 'http://127.0.0.1:11434/v1' },
      model: 'qwen',
    });
  });

  test('describe a shop once there is a catalogue', () => {
    const env = {
      CATALOG_FILE: 'my.json',
      SHOP_SLUG: 'acme',
      SHOP_ORIGINS: 'https://acme.example, http://localhost:3000',
    };
    expect(readConfig(env).shop).toMatchObject({
      slug: 'acme',
      origins: ['https://acme.example', 'http://localhost:3000'],
      catalogFile: path.resolve('my.json'),
    });
  });

  test('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', OPENAI_API_KEY: '', OPENAI_BASE_URL: '' })).toMatchObject({
      port: 8787,
      openai: null,
    });
  });

  test('that are wrong are told all at once, each with what to write', () => {
    const wrong = {
      PORT: '99999',
      NODE_ENV: 'prod',
      LOG_LEVEL: 'loud',
      OPENAI_BASE_URL: 'api.openai.com',
      SESSION_SECRET: 'short',
      SHOP_ORIGINS: 'https://acme.example/, *',
      SHOP_ACCENT: 'green',
      SHOP_SLUG: 'My Shop',
    };
    const said = problems(wrong);
    for (const name of Object.keys(wrong))
      expect(
        said.filter((line) => line.startsWith(name)),
        name,
      ).not.toEqual([]);
    expect(said.filter((line) => line.startsWith('SHOP_ORIGINS'))).toHaveLength(2);
    expect(said.join('\n')).toContain('PORT must be a whole number from 0 to 65535');
  });

  test('in production demand a key', () => {
    expect(problems({ NODE_ENV: 'production' })).toEqual([expect.stringMatching(/^OPENAI_API_KEY is not set/)]);
    expect(problems({ NODE_ENV: 'production', OPENAI_API_KEY: 'sk-1' })).toEqual([]);
    expect(problems({ NODE_ENV: 'production', PORT: 'x' })).toHaveLength(2);
  });
});
