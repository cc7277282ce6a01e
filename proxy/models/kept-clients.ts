/** A shop may change its settings while the proxy runs; beyond this the oldest client is made anew when it is asked again. */
const MAX_CLIENTS = 200;

export interface KeptClients<Client> {
  /** @param what it is made of, as JSON tells it apart; with the key, which is shown to nobody */
  of(what: readonly unknown[], make: () => Client): Client;
  all(): Client[];
}

/** One client for each server, key and model: it keeps its connections, and what it has learned of the server. */
export function createKeptClients<Client>(max = MAX_CLIENTS): KeptClients<Client> {
  const kept = new Map<string, Client>();
  return {
    of(what, make) {
      const name = JSON.stringify(what);
      const known = kept.get(name);
      if (known !== undefined) return known;
      if (kept.size >= max) kept.delete(kept.keys().next().value!);
      const client = make();
      kept.set(name, client);
      return client;
    },
    all: () => [...kept.values()],
  };
}
