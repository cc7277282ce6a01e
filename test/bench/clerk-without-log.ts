/** The proxy with everything but the turn log's writing: what the log costs is the difference. Prints its address. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { demoShops } from '../../demo/index.ts';
import { createApp } from '../../proxy/app.ts';
import { readConfig } from '../../proxy/config.ts';
import { createDeps } from '../../proxy/deps.ts';
import { findShops, limitsOfEnvironment } from '../../proxy/find-shops.ts';
import { createLog } from '../../proxy/log.ts';

const config = readConfig(process.env);
const further = demoShops(limitsOfEnvironment(process.env));
const readings = await findShops({ config, env: process.env, demoModelUrl: null, further });
const deps = await createDeps({
  config,
  shops: readings.flatMap(({ shop }) => shop ?? []),
  demoModel: false,
  sessionSecrets: ['a secret that is only good for a bench'],
  addressKey: 'a key that is only good for a bench',
  version: '0',
  log: createLog({ level: 'warn', secrets: [] }),
});
deps.storage.appendJournal = () => 0;
deps.storage.keepEvents = () => undefined;
const server = serve({ fetch: createApp(deps).fetch, hostname: '127.0.0.1', port: 0 }, () => {
  console.log(`http://127.0.0.1:${((server as Server).address() as AddressInfo).port}`);
});
process.on('SIGTERM', () => process.exit(0));
