import { html, nothing, type LitElement } from 'lit';
import { wordsOf } from './api.ts';

/** Something that the owner wants done, and what went wrong with it: it stands where the view renders it. */
export class Attempt {
  problem = '';
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Never rejects: what goes wrong is said. */
  async run(act: () => Promise<void>): Promise<void> {
    this.say('');
    try {
      await act();
    } catch (error) {
      this.say(wordsOf(error));
    }
  }

  /** @param problem '' where all is well */
  say(problem: string): void {
    this.problem = problem;
    this.#host.requestUpdate();
  }

  render() {
    return this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing;
  }
}
