/** `npm run bench`: prints figures, asserts nothing. */
import { benchProxy } from './proxy.ts';
import { benchResume } from './resume.ts';
import { benchWeight } from './weight.ts';

benchWeight();
await benchProxy();
await benchResume();
