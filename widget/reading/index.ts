/** What few answers need; their elements are in the page before it (load.ts). */
import './cite.ts';
import './sources.ts';
import './task.ts';
import './wide.ts';
