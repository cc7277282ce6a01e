import type { z } from '@hono/zod-openapi';

/** With every field that may be left out as one that may not: assignability alone never misses those. */
type Whole<T> = T extends readonly (infer E)[]
  ? Whole<E>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

type HasSameFields<A, B> = [Whole<A>, Whole<B>] extends [Whole<B>, Whole<A>] ? true : false;

/** What comes out of the schema is of the wire's type; of a request it is enough that all that is of that type may go in. */
type Fits<S extends z.ZodType, Wire> =
  z.output<S> extends Wire
    ? HasSameFields<z.output<S>, Wire>
    : Wire extends z.input<S>
      ? HasSameFields<z.input<S>, Wire>
      : false;

/**
 * `exactly<Thread>()(schema)` is the schema, and compiles only while it has just the fields of the wire's type, those that
 * may be left out too. `satisfies z.ZodType<Thread>` lets a schema be without them: a request would lose the field on its
 * way in, and an answer with it would be refused by `checkAnswers`, the first time that a test happens to ask for one.
 */
export function exactly<Wire>() {
  return function exactly<S extends z.ZodType>(
    schema: S & (Fits<S, Wire> extends true ? S : { 'has other fields than': Wire }),
  ): S {
    return schema;
  };
}
