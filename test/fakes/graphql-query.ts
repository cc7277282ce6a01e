/** Enough of GraphQL for a fake: one query with variables, arguments, nested fields, @include; no fragments. */
export interface Field {
  name: string;
  args: Record<string, unknown>;
  fields: Field[];
}

const TOKEN = /\$?[A-Za-z_]\w*|"(?:[^"\\]|\\.)*"|-?\d+|[{}():!@]/g;

/** @throws for a variable that the query doesn't declare, as Shopify does */
export function parseQuery(query: string, variables: Record<string, unknown>): Field[] {
  const tokens = query.match(TOKEN) ?? [];
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`expected ${expected} at ${at}`);
    return token;
  };
  const taken = (token: string) => (tokens[at] === token ? take() : undefined) !== undefined;

  take('query');
  take();
  const declared = new Set<string>();
  if (taken('(')) {
    while (!taken(')')) {
      const token = take();
      if (token.startsWith('$')) declared.add(token.slice(1));
    }
  }
  for (const name of Object.keys(variables))
    if (!declared.has(name)) throw new Error(`variable $${name} is not declared`);
  directives();
  return selection();

  function selection(): Field[] {
    const fields: Field[] = [];
    take('{');
    while (!taken('}')) {
      const name = take();
      const args = taken('(') ? argumentsOf() : {};
      const included = directives();
      const inner = tokens[at] === '{' ? selection() : [];
      if (included) fields.push({ name, args, fields: inner });
    }
    return fields;
  }

  function argumentsOf(): Record<string, unknown> {
    const args: Record<string, unknown> = {};
    while (!taken(')')) {
      const name = take();
      take(':');
      args[name] = value(take());
    }
    return args;
  }

  /** Whether the field stays. */
  function directives(): boolean {
    let stays = true;
    while (taken('@')) {
      const name = take();
      const args = taken('(') ? argumentsOf() : {};
      if (name === 'include' && args['if'] === false) stays = false;
    }
    return stays;
  }

  function value(token: string): unknown {
    if (token.startsWith('$')) return variables[token.slice(1)] ?? null;
    if (token.startsWith('"')) return JSON.parse(token);
    return /^-?\d+$/.test(token) ? Number(token) : token;
  }
}
