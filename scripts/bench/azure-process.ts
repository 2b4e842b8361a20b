// The embedded Azure in a process of its own, for measurements: node azure-process.ts OPTIONS-AS-JSON. It prints its URL,
// and ends when its input does.
import { mkdirSync } from 'node:fs';
import { announceRunning, embeddedStateFile } from '../../src/azure/embedded.ts';
import { startLocalAzure } from '@ingate/local-azure';
import { stateFolderOf, type AzureOptions } from './azure.ts';
import { SUBSCRIPTION } from './environment.ts';

const { project, latencyMs, operationMs, throttling } = JSON.parse(process.argv[2] ?? '') as AzureOptions;
const folder = stateFolderOf(project);
mkdirSync(folder, { recursive: true });
const azure = await startLocalAzure({
  subscriptions: [SUBSCRIPTION],
  stateFile: embeddedStateFile(folder),
  throttling,
  logSize: 200_000,
  timing: { latencyMs, operationMs, revisionMs: 0, registrationMs: 0, retryAfterMs: 100 },
});
const takeBack = announceRunning(folder, azure.url);
console.log(azure.url);
process.stdin.resume().once('end', () => {
  takeBack();
  void azure.close();
});
