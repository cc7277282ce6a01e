import { stat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WireName } from '../models/types.ts';
import type { Flaw, ShopDraft } from './draft.ts';

/** What a shop's settings are read against. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** What a shop does not say about its model. */
  upstream: { apiKey: string | null; baseUrl: string; model: string; wire: WireName };
  /** Where the demo model is, which answers for who has no key; null where it must not. */
  demoModelUrl: string | null;
  /** Lets shops name addresses without https, and inside the private network. */
  allowPrivateNetwork: boolean;
  /** Why this URL may not be asked, as far as that shows without looking up its name; undefined for one that may. */
  checkAddress(url: string): string | undefined;
  /** There is a mail server to send by. */
  canMail: boolean;
  /** Every tool there is, in the registry's order. */
  toolNames: readonly string[];
  /** Whether the price list has this model. */
  knowsPrice(model: string): boolean;
}

/** Reads what a draft refers to, and collects what is missing. */
export class References {
  readonly flaws: Flaw[] = [];
  readonly #draft: ShopDraft;
  readonly #env: Surroundings['env'];

  constructor(draft: ShopDraft, env: Surroundings['env']) {
    this.#draft = draft;
    this.#env = env;
  }

  /** Where the draft stands: `shops/acme.json`. */
  get settings(): string {
    return this.#draft.settings;
  }

  flaw(path: string, message: string): undefined {
    this.flaws.push({ path, message });
  }

  /** `env:NAME` → its value. */
  secret(place: string, reference: string): string | undefined {
    const name = reference.slice('env:'.length);
    const value = this.#env[name];
    if (value !== undefined && /^[\x21-\x7e]+$/.test(value)) return value;
    return this.flaw(
      place,
      value === undefined || value === ''
        ? `${name} is not set in the environment`
        : `${name} in the environment must be plain letters, digits and signs without a space or line break`,
    );
  }

  /** A text of several lines, such as a key in PEM form, which some environments can only hold with `\n` written out. */
  text(place: string, reference: string): string | undefined {
    const name = reference.slice('env:'.length);
    const value = this.#env[name];
    return value ? value.replaceAll('\\n', '\n') : this.flaw(place, `${name} is not set in the environment`);
  }

  /** Absolute path of a file that is there. */
  async file(place: string, name: string): Promise<string | undefined> {
    const file = path.resolve(this.#draft.folder, name);
    const found = await stat(file).catch(() => undefined);
    return found?.isFile() ? file : this.flaw(place, `there is no file ${file}`);
  }

  async fileText(place: string, name: string, maxBytes: number): Promise<string | undefined> {
    const file = await this.file(place, name);
    if (file === undefined) return undefined;
    if ((await stat(file)).size > maxBytes) return this.flaw(place, `${file} is longer than ${maxBytes / 1_000} kB`);
    return (await readFile(file, 'utf8')).trim();
  }
}
