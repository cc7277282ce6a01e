import { html } from 'lit';
import type { Account, DeskShop, InvitedAccount } from '../../proxy/protocol/admin/index.ts';
import { shopName } from '../shop-name.ts';
import { when } from '../format.ts';

export function newAccount(shops: readonly DeskShop[], submit: (event: SubmitEvent) => void) {
  return html`<section class="sheet">
    <h2>Invite somebody</h2>
    <form @submit=${submit}>
      <label>
        E-mail
        <input class="field" type="email" name="email" required maxlength="200" autocomplete="off" />
        <span class="hint">Nothing is sent: you get a link to hand on.</span>
      </label>
      ${shopChoice(shops)}
      <button class="button main">Invite</button>
    </form>
  </section>`;
}

/** What is below the table of accounts while one of them is changed. */
export function changeShops(
  { email, shops: chosen }: Account,
  shops: readonly DeskShop[],
  submit: (event: SubmitEvent) => void,
  cancel: () => void,
) {
  return html`<section class="sheet">
    <h2 tabindex="-1">Shops of ${email}</h2>
    <form @submit=${submit}>
      ${shopChoice(shops, chosen)}
      <div class="row">
        <button class="button main">Save the shops</button>
        <button class="button" type="button" @click=${cancel}>Cancel</button>
      </div>
    </form>
  </section>`;
}

function shopChoice(shops: readonly DeskShop[], chosen: readonly string[] = []) {
  return html`<fieldset class="shops">
    <legend class="label">Shops</legend>
    ${shops.map(
      (shop) =>
        html`<label><input type="checkbox" name="shops" value=${shop.slug} .checked=${chosen.includes(shop.slug)} /><bdi>${shopName(shop, shops)}</bdi></label>`,
    )}
  </fieldset>`;
}

export function passwordForm(submit: (event: SubmitEvent) => void) {
  return html`<section class="sheet">
    <h2>Your password</h2>
    <form @submit=${submit}>
      <label>
        Current password
        <input class="field" type="password" name="current_password" required autocomplete="current-password" />
      </label>
      <label>
        New password
        <input class="field" type="password" name="password" required minlength="12" autocomplete="new-password" />
        <span class="hint">12 characters at least; three or four words do well.</span>
      </label>
      <button class="button main">Change the password</button>
    </form>
  </section>`;
}

/** The link is shown this once. @param say how the copying went */
export function invitationSheet({ account, invitation }: InvitedAccount, say: (words: string) => void) {
  const link = new URL(invitation.path, location.origin).href;
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => say('The link is copied.'),
      () => say('The link could not be copied. Select it and copy it yourself.'),
    );
  return html`<section class="sheet" role="status">
    <h2>A link for ${account.email}</h2>
    <p>
      Hand it on yourself, by a way that only they read: whoever opens it sets the password. It is shown this once, and holds
      until ${when(invitation.expires_at)}.
    </p>
    <p><code>${link}</code></p>
    <button class="button" @click=${copy}>Copy the link</button>
  </section>`;
}
