import type { Connection } from '../../azure/connect.ts';
import { readRunning } from '../../azure/embedded.ts';
import { readIdentity, type Identity } from '../../azure/identity.ts';
import { credentialFault } from '../../azure/sign-in-error.ts';
import { isAzureError } from '../../model/azure.ts';
import { textOf, type JsonObject } from '../../model/json.ts';
import type { EnvironmentScope } from '../../model/kind.ts';
import { registry } from '../../reconcilers/registry.ts';
import { stateFolder, type Opened } from '../session.ts';
import { VERSION } from '../version.ts';
import { fail, failedCall, pass, skip, warn, type Check } from './check.ts';
import { dataPlaneKinds, missingActions, neededActions } from './permissions.ts';

const SUBSCRIPTIONS_VERSION = '2022-12-01';
const PERMISSIONS_VERSION = '2022-04-01';
/** Seconds. Entra's tokens are valid from five minutes before they were made. */
const SKEW = { warn: 30, fail: 240 };
/** Missing actions that one line names. */
const NAMED = 5;

/** Where the environment lives and who asks: endpoint, clock, identity, subscription, resource group, permissions. Reads only. */
export async function azureChecks(opened: Opened, connection: Connection): Promise<Check[]> {
  const { scope } = opened;
  const embedded = scope.cloud === 'local' ? [embeddedCheck(opened)] : [await identityCheck(scope, connection)];
  if (embedded.some((check) => check.verdict === 'fail'))
    return [...embedded, skip('subscription', 'Azure was not asked, because nobody is signed in')];
  const subscription = await subscriptionChecks(scope, connection);
  if (subscription.some((check) => check.id === 'subscription' && check.verdict === 'fail'))
    return [...embedded, ...subscription];
  return [...embedded, ...subscription, ...(await groupChecks(opened, connection))];
}

function embeddedCheck({ project }: Opened): Check {
  const running = readRunning(stateFolder(project));
  return pass(
    'embedded-azure',
    running
      ? `The embedded Azure runs at ${running.url}; it takes every identity`
      : 'The embedded Azure starts with each command; it takes every identity',
  );
}

async function identityCheck(scope: EnvironmentScope, connection: Connection): Promise<Check> {
  try {
    const identity = await readIdentity(connection);
    return identity
      ? identityVerdict(identity, scope, connection.session.clock.now())
      : notSignedIn('No credential gave a token');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, message } = credentialFault(error);
    if (code === 'Credential') return notSignedIn(message);
    return fail('identity', message, 'Check network and proxy; ingate explain ING4001');
  }
}

function notSignedIn(message: string): Check {
  const remedy = 'az login; in pipelines a federated credential (docs/pipelines.md); ingate explain ING4002';
  return { ...fail('identity', `Not signed in: ${message}`, remedy), permission: true };
}

/** Who it is and for how long; a token of another tenant than the environment's is of no use. */
export function identityVerdict(
  identity: Identity,
  { tenantId }: Pick<EnvironmentScope, 'tenantId'>,
  now: number,
): Check {
  const who = identity.name ?? `application ${identity.applicationId ?? 'unknown'}`;
  const minutes = Math.round((identity.expires - now) / 60_000);
  const text = `${who}, object id ${identity.objectId ?? 'unknown'}, tenant ${identity.tenantId ?? 'unknown'}, token for ${minutes} more minutes`;
  if (
    tenantId !== undefined &&
    identity.tenantId !== undefined &&
    tenantId.toLowerCase() !== identity.tenantId.toLowerCase()
  )
    return {
      ...fail('identity', `${text}; the environment wants tenant ${tenantId}`, `az login --tenant ${tenantId}`),
      permission: true,
    };
  return pass('identity', text);
}

async function subscriptionChecks({ subscriptionId }: EnvironmentScope, { session }: Connection): Promise<Check[]> {
  const url = session.urlOf({ path: `/subscriptions/${subscriptionId}`, apiVersion: SUBSCRIPTIONS_VERSION });
  try {
    const before = session.clock.now();
    const reply = await session.read(url);
    const clock = clockCheck(reply.headers['date'], (before + session.clock.now()) / 2);
    const body = reply.body as JsonObject | undefined;
    const state = textOf(body, 'state');
    const name = `${textOf(body, 'displayName')} (${subscriptionId})`;
    const usable = state === '' || state === 'Enabled';
    const visible = usable
      ? pass('subscription', `Subscription ${name}`)
      : fail('subscription', `Subscription ${name} is ${state}`, 'Ask its owner to enable it.');
    return [clock, visible];
  } catch (error) {
    if (isAzureError(error)) return [failedCall('subscription', error)];
    throw error;
  }
}

/** @param date The Date header of an answer, which is exact to the second. `now`: milliseconds of this machine. */
export function clockCheck(date: string | undefined, now: number): Check {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there)) return skip('clock', 'The answer says no time');
  const seconds = Math.round((now - there) / 1000);
  const text = `This clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Azure's`;
  const remedy = 'Set the clock by NTP; tokens are valid for a time only.';
  if (Math.abs(seconds) > SKEW.fail) return fail('clock', text, remedy);
  return Math.abs(seconds) > SKEW.warn ? warn('clock', text, remedy) : pass('clock', "The clock agrees with Azure's");
}

async function groupChecks({ scope, graph }: Opened, { reader }: Connection): Promise<Check[]> {
  const environment = registry.get('Environment');
  try {
    const group = await reader.get({ path: scope.groupPath, apiVersion: environment?.apiVersion ?? '' });
    if (!group) {
      return [
        warn(
          'resource-group',
          `The resource group ${scope.resourceGroup} is not there or not visible`,
          'apply creates it, if the identity may write to the subscription.',
        ),
        skip('permissions', 'Permissions are asked of the resource group, which is not there'),
      ];
    }
    const mark = environment?.appliedMark?.(group);
    const applied =
      mark && mark.version !== VERSION
        ? warn(
            'applied-version',
            `ingate ${mark.version} applied last, this is ${VERSION}`,
            'Use one version everywhere.',
          )
        : undefined;
    const permissions = await permissionCheck(scope, graph, reader);
    return [
      pass('resource-group', `Resource group ${scope.resourceGroup}`),
      ...(applied ? [applied] : []),
      permissions,
    ];
  } catch (error) {
    if (isAzureError(error)) return [failedCall('resource-group', error)];
    throw error;
  }
}

async function permissionCheck(
  scope: EnvironmentScope,
  graph: Opened['graph'],
  reader: Connection['reader'],
): Promise<Check> {
  const path = `${scope.groupPath}/providers/Microsoft.Authorization/permissions`;
  try {
    const granted = (await reader.list({ path, apiVersion: PERMISSIONS_VERSION })) ?? [];
    const needed = neededActions(graph);
    const missing = missingActions(needed, granted);
    const planes = dataPlaneKinds(graph);
    const rest = planes.length === 0 ? '' : `; not asked for the data plane of ${planes.join(', ')}`;
    if (missing.length === 0)
      return pass('permissions', `All ${needed.length} actions that an apply may need are permitted${rest}`);
    const names = missing.slice(0, NAMED).map((one) => `${one.action} (${one.for})`);
    const more = missing.length > NAMED ? `, and ${missing.length - NAMED} more` : '';
    const remedy = `Grant a role with these actions at ${scope.groupPath}. An identity that only plans needs the /read ones.`;
    return { ...fail('permissions', `Not permitted: ${names.join(', ')}${more}${rest}`, remedy), permission: true };
  } catch (error) {
    if (isAzureError(error)) return failedCall('permissions', error);
    throw error;
  }
}
