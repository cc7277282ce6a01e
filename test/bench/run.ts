/** `npm run bench`: prints figures, asserts nothing. */
import { benchProxy } from './proxy.ts';
import { benchWeight } from './weight.ts';

benchWeight();
await benchProxy();
