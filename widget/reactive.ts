/**
 * What the widget needs of Lit's `ReactiveElement`, by the same names and in the same order: properties that ask for a
 * drawing, one drawing for many changes, and controllers. Drawing itself is lit-html's. Why not Lit's own: ADR 7.
 */
import { nothing, render, type RenderOptions } from 'lit-html';
import type {
  PropertyDeclaration,
  PropertyDeclarations,
  PropertyValues,
  ReactiveController,
  ReactiveControllerHost,
} from 'lit';

/** Undefined where the property has no attribute. */
function attributeOf(name: string, { attribute, state }: PropertyDeclaration): string | undefined {
  if (attribute === false || state) return undefined;
  return typeof attribute === 'string' ? attribute : name.toLowerCase();
}

export class Reactive extends HTMLElement implements ReactiveControllerHost {
  static properties: PropertyDeclarations = {};

  /** The browser asks for it once, when the element is defined, which is the time to make its properties. */
  static get observedAttributes(): string[] {
    return Object.entries(this.properties).flatMap(([name, declaration]) => {
      Object.defineProperty(this.prototype, name, {
        get(this: Reactive) {
          return this.#values.get(name);
        },
        set(this: Reactive, value: unknown) {
          this.#set(name, value);
        },
      });
      return attributeOf(name, declaration) ?? [];
    });
  }

  renderRoot!: HTMLElement | ShadowRoot;
  readonly renderOptions: RenderOptions = { host: this };
  #values = new Map<string, unknown>();
  /** What properties were first: no attribute has to say that. */
  #defaults = new Map<string, unknown>();
  /** Properties that the page set before the element was defined. */
  #early: Record<string, unknown> = {};
  #controllers = new Set<ReactiveController>();
  /** What properties were before they changed. */
  #changes: PropertyValues = new Map();
  #pending = false;
  #drawn = false;
  #reflecting = false;
  #connect!: () => void;
  #complete = new Promise<boolean>((resolve) => (this.#connect = () => resolve(true)));

  constructor() {
    super();
    // Its own until now, it would hide what the class has; a method was only a place-holder of the script tag's.
    for (const name of Object.keys(this) as (keyof this & string)[]) {
      if (!(name in new.target.prototype)) continue;
      if (name in this.#properties) this.#early[name] = this[name];
      delete this[name];
    }
    this.requestUpdate();
  }

  get #properties(): PropertyDeclarations {
    return (this.constructor as typeof Reactive).properties;
  }

  #set(name: string, value: unknown): void {
    const old = this.#values.get(name);
    if (!this.#defaults.has(name)) this.#defaults.set(name, value);
    if (Object.is(old, value)) return;
    this.#values.set(name, value);
    if (!this.#changes.has(name)) this.#changes.set(name, this.#drawn ? old : undefined);
    this.requestUpdate();
  }

  attributeChangedCallback(attribute: string, _old: string | null, value: string | null): void {
    if (this.#reflecting) return;
    for (const [name, declaration] of Object.entries(this.#properties)) {
      if (attributeOf(name, declaration) !== attribute) continue;
      const { type, converter } = declaration;
      const from = typeof converter === 'object' && converter.fromAttribute;
      this.#set(name, from ? from(value) : type === Boolean ? value !== null : value);
    }
  }

  addController(controller: ReactiveController): void {
    this.#controllers.add(controller);
    if (this.renderRoot && this.isConnected) controller.hostConnected?.();
  }

  removeController(controller: ReactiveController): void {
    this.#controllers.delete(controller);
  }

  connectedCallback(): void {
    Object.assign(this, this.#early);
    this.#early = {};
    this.renderRoot ??= this.createRenderRoot();
    this.#connect();
    for (const controller of this.#controllers) controller.hostConnected?.();
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  /** It renders into its parent's tree, unless it has a shadow root of its own. */
  protected createRenderRoot(): HTMLElement | ShadowRoot {
    return this;
  }

  /** Resolves when all is drawn that was asked for: with false when that has asked for more. */
  get updateComplete(): Promise<boolean> {
    return this.#complete;
  }

  requestUpdate(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#complete = this.#updateSoon(this.#complete);
  }

  async #updateSoon(before: Promise<boolean>): Promise<boolean> {
    try {
      await before;
    } catch {
      // Who failed has told so; the next drawing may do better.
    }
    this.performUpdate();
    return !this.#pending;
  }

  performUpdate(): void {
    if (!this.#pending || !this.renderRoot) return;
    const changes = this.#changes;
    try {
      this.willUpdate(changes);
      for (const controller of this.#controllers) controller.hostUpdate?.();
      const content = this.render();
      this.#reflect(changes);
      // What is set from here on is for the next drawing.
      this.#settle();
      render(content, this.renderRoot, this.renderOptions);
    } catch (error) {
      this.#settle();
      throw error;
    }
    for (const controller of this.#controllers) controller.hostUpdated?.();
    if (!this.#drawn) {
      this.#drawn = true;
      this.firstUpdated();
    }
    this.updated(changes);
  }

  #settle(): void {
    this.#pending = false;
    this.#changes = new Map();
  }

  #reflect(changes: PropertyValues): void {
    this.#reflecting = true;
    for (const [name, declaration] of Object.entries(this.#properties)) {
      const attribute = declaration.reflect && changes.has(name) && attributeOf(name, declaration);
      if (!attribute) continue;
      const value = this.#values.get(name);
      if (declaration.useDefault && value === this.#defaults.get(name) && !this.hasAttribute(attribute)) continue;
      if (value === false) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value === true ? '' : String(value));
    }
    this.#reflecting = false;
  }

  protected willUpdate(_changes: PropertyValues): void {}
  protected firstUpdated(): void {}
  protected updated(_changes: PropertyValues): void {}
  protected render(): unknown {
    return nothing;
  }
}
