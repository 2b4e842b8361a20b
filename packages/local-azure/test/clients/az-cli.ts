import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startSession, type AzSession } from './az-session.ts';
import { createVirtualClock, startLocalAzure, type LocalAzure } from '../../src/index.ts';

/** What `az version` says; undefined where the Azure CLI is not installed. */
export function azVersion(): string | undefined {
  const { status, stdout } = spawnSync('az', ['version', '--output', 'json'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return (JSON.parse(stdout) as Record<string, string>)['azure-cli'];
}

/**
 * Debian's azure-cli 2.45 comes with a newer azure-mgmt-authorization, in which `config` of two classes is called `_config`;
 * every `az role` command dies of it. Python reads this file at its start and gives the old name back.
 */
const ROLE_COMMANDS_REPAIR = `
import importlib.abc, importlib.util, sys

class Repair(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if not (name.startswith('azure.mgmt.authorization.') and name.endswith('.operations')):
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        load = spec.loader.exec_module
        def exec_module(module):
            load(module)
            for each in ('RoleAssignmentsOperations', 'RoleDefinitionsOperations'):
                found = getattr(module, each, None)
                if found is not None and not hasattr(found, 'config'):
                    found.config = property(lambda operations: operations._config)
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Repair())
`;

/** The Azure CLI, signed in to a server of its own over TLS, with nothing but environment variables set. */
export interface AzBench {
  readonly azure: LocalAzure;
  /** Runs a command and returns what it printed, as JSON where it is JSON. Rejects with its standard error. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read members of any depth
  az(...args: readonly string[]): Promise<any>;
  /** The same with an empty configuration and nothing but the certificate in its environment. */
  fresh(): AzBench['az'];
  close(): Promise<void>;
}

export async function startAz(): Promise<AzBench> {
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const azure = await startLocalAzure({
    tls: true,
    certificateFolder: folder,
    // Time passes with requests alone: an operation is seen running once, and az waits for its next look, not for the server.
    clock: createVirtualClock(Date.now()),
    timing: { latencyMs: 10, operationMs: 15, revisionMs: 15, retryAfterSeconds: 1 },
  });
  const repair = join(folder, 'repair');
  mkdirSync(repair);
  writeFileSync(join(repair, 'sitecustomize.py'), ROLE_COMMANDS_REPAIR);
  const certificate = azure.tls?.certificateFile ?? '';
  const common = {
    ...process.env,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
    NO_PROXY: '127.0.0.1',
    PYTHONPATH: [repair, process.env['PYTHONPATH'] ?? ''].filter((each) => each !== '').join(delimiter),
    REQUESTS_CA_BUNDLE: certificate,
    SSL_CERT_FILE: certificate,
  };
  const sessions: AzSession[] = [];
  const azWith = (more: Readonly<Record<string, string>>): AzBench['az'] => {
    const session = startSession({ ...common, AZURE_CONFIG_DIR: mkdtempSync(join(folder, 'config-')), ...more });
    sessions.push(session);
    return async (...args) => {
      const stdout = await session.run([...args, '--output', 'json']);
      return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
    };
  };
  const az = azWith({
    ARM_CLOUD_METADATA_URL: `${azure.tls?.url}/metadata/endpoints?api-version=2019-05-01`,
    MSI_ENDPOINT: `${azure.url}/MSI/token`,
    MSI_SECRET: 'any',
  });
  await az('cloud', 'set', '--name', 'LocalAzure');
  await az('login', '--identity');
  return {
    azure,
    az,
    fresh: () => azWith({}),
    close: async () => {
      for (const session of sessions) await session.close();
      await azure.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
