#!/usr/bin/env node
// The door to the proxy. Plain JavaScript, so that a Node that is too old can still read it and say so in one line;
// the rest is TypeScript, which such a Node can't run.
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(
    `Shop Clerk needs Node 22.22 or newer; this is ${process.versions.node}. "npm start" brings its own: run "npm ci" first.`,
  );
  process.exitCode = 1;
} else {
  // What was stripped and compiled once needs it no more: the next start takes half the time.
  const { directory } = module.enableCompileCache();
  // Threads look for it there; nothing of ours reads it.
  // oxlint-disable-next-line no-restricted-properties
  if (directory) process.env.NODE_COMPILE_CACHE ??= directory;
  await import('./main.ts');
}
