import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createEngine, furnish, startOver } from './create-engine.ts';
import type { Clock } from './engine/clock.ts';
import { openDatabase } from './engine/database.ts';
import { createFaults } from './engine/faults.ts';
import { DEFAULT_SUBSCRIPTION, type LocalAzure, type LocalAzureOptions } from './options.ts';
import { parseFaults } from './server/admin.ts';
import { answerQuietly, createDispatcher } from './server/dispatch.ts';
import { loadCertificate } from './server/certificate.ts';
import { listen } from './server/http-server.ts';
import { createRequestLog } from './server/request-log.ts';
import { parseSeed, plant } from './server/seed.ts';
import { statusPage } from './server/status-page/page.ts';
import { ARM_LIMITS, createThrottle, type Throttle } from './server/throttle.ts';

export { createRealClock, createVirtualClock, type Clock } from './engine/clock.ts';
export type { Directives, Fault, FaultMatch, FaultReply, FaultSchedule, OperationFault } from './engine/faults.ts';
export type { FaultControl, LocalAzure, LocalAzureOptions, Timing, TlsAccess } from './options.ts';
export type { LogEntry } from './server/request-log.ts';

/** Starts an embedded Azure on 127.0.0.1. Rejects when the port is taken or a file cannot be read or used. */
export async function startLocalAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const database = openDatabase(options.stateFile);
  const engine = createEngine(database, options);
  const subscriptionId = options.subscriptions?.[0] ?? DEFAULT_SUBSCRIPTION;
  const faults = createFaults([...(options.faults ?? []), ...parseFaults(readYaml(options.faultsFile) ?? [])]);
  const log = createRequestLog(options.logSize ?? 20_000);
  const seed = options.seedFile === undefined ? [] : parseSeed(readYaml(options.seedFile), subscriptionId);
  const plantSeed = (): Promise<void> => plant(seed, url, (request) => answerQuietly(engine, request));
  const reset = async (): Promise<void> => {
    startOver(engine, options);
    log.clear();
    await plantSeed();
  };
  const certificate = options.tls ? await loadCertificate(options.certificateFolder) : undefined;
  const dispatch = createDispatcher(engine, {
    faults,
    log,
    admin: { clock: engine.clock, faults, log, reset },
    throttle: createThrottleFor(engine.clock, options.throttling),
    statusPage: (request) => statusPage(engine, log, request),
  });
  const server = await listen({ port: options.port ?? 0, ...(certificate ? { tls: certificate } : {}) }, dispatch);
  const url = `http://127.0.0.1:${server.port}`;
  const close = async (): Promise<void> => {
    await server.close();
    database.close();
  };
  if (furnish(engine, options)) await plantSeed().catch((error: unknown) => close().then(() => Promise.reject(error)));
  const { clock, tenantId } = engine;
  return {
    url,
    port: server.port,
    tls: certificate && {
      url: `https://127.0.0.1:${server.port}`,
      certificate: certificate.certificate,
      certificateFile: certificate.file,
    },
    subscriptionId,
    tenantId,
    clock,
    faults,
    requests: () => log.entries(),
    reset,
    close,
  };
}

function createThrottleFor(clock: Clock, limits: LocalAzureOptions['throttling']): Throttle | undefined {
  if (limits === undefined || limits === false) return undefined;
  return createThrottle(clock, limits === true ? ARM_LIMITS : { ...ARM_LIMITS, ...limits });
}

function readYaml(file: string | undefined): unknown {
  return file === undefined ? undefined : (parse(readFileSync(file, 'utf8')) as unknown);
}
