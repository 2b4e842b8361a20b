#!/usr/bin/env node
import { isOlder, LEAST_NODE } from './node-version.ts';

/** Exit codes above it are those of commands that were stopped. */
const SIGNALLED = 128;

if (isOlder(process.versions.node, LEAST_NODE)) {
  process.stderr.write(`error: ingate needs Node.js ${LEAST_NODE} or later; this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    const { VERSION } = await import('./version.ts');
    process.stdout.write(`${VERSION}\n`);
  } else {
    const { runCli } = await import('./run.ts');
    const code = await runCli(args);
    process.exitCode = code;
    // A command that was stopped leaves requests behind that nobody waits for.
    if (code > SIGNALLED) process.exit();
  }
}
