#!/usr/bin/env node
import { isOlder, LEAST_NODE } from './node-version.ts';

if (isOlder(process.versions.node, LEAST_NODE)) {
  process.stderr.write(`error: ingate needs Node.js ${LEAST_NODE} or later; this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { runCli } = await import('./run.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
