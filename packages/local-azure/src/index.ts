import { logWriter } from './logs/store.ts';
import { createEngine, furnish, startOver } from './create-engine.ts';
import type { Clock } from './engine/clock.ts';
import { openDatabase } from './engine/database.ts';
import { createFaults, type Fault } from './engine/faults.ts';
import { withReplies } from './foundry/models/settings.ts';
import { DEFAULT_SUBSCRIPTION, type LocalAzure, type LocalAzureOptions } from './options.ts';
import { answerQuietly, createDispatcher } from './server/dispatch.ts';
import { readFaults } from './server/fault-input.ts';
import { loadCertificate } from './http/certificate.ts';
import { listen } from './http/http-server.ts';
import { createRequestLog } from './http/request-log.ts';
import { plant, readSeed } from './server/seed.ts';
import { summarise } from './server/summary.ts';
import { statusPage } from './server/status-page/page.ts';
import { readYamlFile } from './server/yaml-file.ts';
import { ARM_LIMITS, createThrottle, type Throttle } from './http/throttle.ts';

export { createRealClock, createVirtualClock, type Clock } from './engine/clock.ts';
export type { Directives, Fault, FaultMatch, FaultReply, FaultSchedule, OperationFault } from './engine/faults.ts';
export type { ModelEndpoint, ModelSettings, ScriptedReply } from './engine/model-settings.ts';
export type { State, StateRow } from './engine/database.ts';
export type { FaultControl, LocalAzure, LocalAzureOptions, TlsAccess } from './options.ts';
export type { Timing } from './engine/timing.ts';
export { readSummary } from './server/summary.ts';
export type { LogEntry } from './http/request-log.ts';

/** Starts an embedded Azure on 127.0.0.1. Rejects when the port is taken or a file cannot be read or used. */
export async function startLocalAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const seedFile = options.seedFile === undefined ? undefined : readYamlFile(options.seedFile);
  const subscriptionId = options.subscriptions?.[0] ?? DEFAULT_SUBSCRIPTION;
  const seed = seedFile ? readSeed(seedFile, subscriptionId) : [];
  const faults = createFaults([...(options.faults ?? []), ...faultsFrom(options.faultsFile)]);
  const certificate = options.tls ? await loadCertificate(options.certificateFolder) : undefined;
  const database = openDatabase(options.stateFile);
  if (options.state && database.isEmpty()) database.load(options.state);
  const engine = createEngine(database, { ...options, models: withReplies(options.models, seedFile?.content) });
  const log = createRequestLog(options.logSize ?? 20_000);
  const plantSeed = (): Promise<void> => plant(seed, url, (request) => answerQuietly(engine, request));
  const reset = async (): Promise<void> => {
    startOver(engine, options);
    log.clear();
    await plantSeed();
  };
  const dispatch = createDispatcher(engine, {
    faults,
    log,
    admin: {
      clock: engine.clock,
      faults,
      log,
      reset,
      summary: () => summarise(database),
      appendLogs: logWriter(engine),
    },
    throttle: createThrottleFor(engine.clock, options.throttling),
    statusPage: (request) => statusPage(engine, log, request),
  });
  const listening = listen({ port: options.port ?? 0, ...(certificate ? { tls: certificate } : {}) }, dispatch);
  const server = await listening.catch((error: unknown) => {
    database.close();
    throw error;
  });
  const url = `http://127.0.0.1:${server.port}`;
  const close = async (): Promise<void> => {
    await server.close();
    database.close();
  };
  const takeBack = async (error: unknown): Promise<never> => {
    database.clear();
    await close();
    throw error;
  };
  if (furnish(engine, options)) await plantSeed().catch(takeBack);
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
    until: (condition) => log.until(condition),
    state: () => database.dump(),
    reset,
    close,
  };
}

function createThrottleFor(clock: Clock, limits: LocalAzureOptions['throttling']): Throttle | undefined {
  if (limits === undefined || limits === false) return undefined;
  return createThrottle(clock, limits === true ? ARM_LIMITS : { ...ARM_LIMITS, ...limits });
}

function faultsFrom(file: string | undefined): Fault[] {
  return file === undefined ? [] : readFaults(readYamlFile(file));
}
