import type { Address, Azure } from '../../model/azure.ts';
import { observeBody } from '../../model/fingerprint.ts';
import { ProblemError } from '../../model/diagnostic.ts';
import type { Graph, Node } from '../../model/graph.ts';
import { withIgnored } from '../../model/ignored.ts';
import type { JsonObject } from '../../model/json.ts';
import type {
  EnvironmentScope,
  Live,
  Nomination,
  Reconciler,
  ReconcilerCatalog,
  SecretSource,
  Site,
  WriteContext,
} from '../../model/kind.ts';
import type { SecretReference } from '../../model/manifest.ts';
import type { Change, FieldChange, Plan } from '../../model/plan.ts';
import type { ProjectFiles } from '../../model/project-files.ts';
import { resourceId, type ResourceId } from '../../model/resource-id.ts';
import { createSites, type Sites } from '../../model/site.ts';
import { createMutex } from './mutex.ts';
import type { Operation } from './operations.ts';
import { patientWithNewRoles } from './permissions.ts';
import { verifyUnchanged } from './verify.ts';

/** What the plan was made from, as far as apply needs it again. */
export interface PlannedState {
  readonly live: ReadonlyMap<ResourceId, Live>;
  readonly strays: readonly {
    readonly id: ResourceId;
    readonly definition: { readonly kind: string };
    readonly site: Site;
    readonly live?: Live;
  }[];
  readonly resourceAt: Site['resourceAt'];
}

export interface RunOptions {
  readonly plan: Plan;
  readonly graph: Graph;
  readonly scope: EnvironmentScope;
  readonly state: PlannedState;
  readonly reconcilers: ReconcilerCatalog;
  readonly azure: Azure;
  readonly secret: SecretSource;
  readonly files: ProjectFiles;
  readonly probe: WriteContext['probe'];
  readonly generation: number;
  readonly anew?: string;
  /** Nothing new starts after it; what is in flight is finished. */
  readonly stop: AbortSignal;
  /** Gives up what is in flight. */
  readonly abort: AbortSignal;
  readonly report: (change: Change, message: string) => void;
  readonly attach: (change: Change, document: JsonObject) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Carries out one operation; resolves to the address it wrote, empty for a task. */
export type CarryOut = (type: Operation['type'], change: Change) => Promise<string>;

/** What one run knows: outputs grow as resources are written, so that later ones can use them. */
export function createRun(options: RunOptions): CarryOut {
  const { graph, scope, state, azure, plan } = options;
  const reconcilers = withParts(options.reconcilers);
  const outputs = new Map<ResourceId, JsonObject>([...state.live].map(([id, live]) => [id, live.outputs]));
  for (const change of plan.changes) if (change.action === 'replace') outputs.delete(change.id);
  const planned = createSites(graph, scope, (id) => state.live.get(id)?.outputs, state.resourceAt);
  const current = (): Sites => createSites(graph, scope, (id) => outputs.get(id), state.resourceAt);
  const mutex = createMutex();
  const ready = new Map<ResourceId, string>();
  const written = new Set<ResourceId>();
  const roles = patientWithNewRoles(options.now, options.stop);

  function contextFor(change: Change): WriteContext {
    return {
      azure,
      secret: (reference) => options.secret(named(reference)),
      files: options.files,
      probe: options.probe,
      generation: options.generation,
      ...(plan.head.commit === null || plan.head.dirty ? {} : { commit: plan.head.commit }),
      ...(options.anew === undefined ? {} : { anew: options.anew }),
      signal: options.abort,
      report: (message) => options.report(change, message),
      attach: (document) => options.attach(change, document),
      nominate: async (id) => {
        const node = graph.get(id);
        const reconciler = node && reconcilerOf(node.definition.kind);
        if (!node || !reconciler?.nominate) throw new Error(`${id} cannot be evaluated`);
        return nominated(node, reconciler, contextFor(change));
      },
    };
  }

  /**
   * Makes ready what a gate evaluates, unless somebody else changed it after the plan was made. What this run itself
   * changes by it is what the write afterwards has to find.
   */
  async function nominated(node: Node, reconciler: Reconciler, context: WriteContext): Promise<Nomination> {
    const change = plan.changes.find(({ id }) => id === node.id);
    const nominate = async (): Promise<Nomination> => {
      const made = await reconciler.nominate?.(context, current().siteOf(node), change ? plannedFields(change) : []);
      if (!made) throw new Error(`${node.id} cannot be evaluated`);
      return made;
    };
    if (written.has(node.id)) return nominate();
    const site = planned.siteOf(node);
    const address = state.live.get(node.id)?.address ?? reconciler.locate(current().siteOf(node)).address;
    if (change && !ready.has(node.id)) {
      await verified(change, reconciler, site, address, plan.basedOn[node.id] ?? null);
    }
    const nomination = await nominate();
    const body = address && (await (reconciler.look ? reconciler.look(azure, address) : azure.get(address)));
    if (body && address) {
      const live = observeBody(reconciler, body, address, site);
      ready.set(node.id, (reconciler.inspect ? await reconciler.inspect(azure, site, live) : live).fingerprint);
    }
    return nomination;
  }

  /** A Key Vault of this environment is named as manifests name it. */
  function named({ secret }: SecretReference): SecretReference {
    if (!('keyVault' in secret)) return { secret };
    const vault = graph.get(resourceId('KeyVault', secret.keyVault));
    return { secret: { ...secret, keyVault: vault?.azureName ?? secret.keyVault } };
  }

  async function verified(
    change: Change,
    reconciler: Reconciler,
    site: Site,
    address: Address | undefined,
    expected: string | null,
  ): Promise<Live | undefined> {
    const result = await verifyUnchanged({
      reader: azure,
      id: change.id,
      definition: reconciler,
      site,
      address,
      expected,
    });
    if (result.problem) throw new ProblemError(result.problem);
    return result.live;
  }

  async function write(node: Node, change: Change): Promise<string> {
    const reconciler = reconcilerOf(node.definition.kind);
    const site = current().siteOf(node);
    const known = change.action === 'update' ? state.live.get(node.id) : undefined;
    const address = known?.address ?? reconciler.locate(site).address;
    const expected = ready.get(node.id) ?? (known ? (plan.basedOn[node.id] ?? null) : null);
    const live = await verified(change, reconciler, planned.siteOf(node), address, expected);
    const spec = live ? withIgnored(site.spec as JsonObject, live.spec, node.lifecycle.ignoreChanges) : site.spec;
    const context = contextFor(change);
    const body = await roles.patiently(context, () =>
      reconciler.write(context, { ...site, spec }, live, plannedFields(change)),
    );
    written.add(node.id);
    const place = known?.address ?? reconciler.locate(site).address ?? address;
    if (!place) return '';
    outputs.set(node.id, observeBody(reconciler, body, place, site).outputs);
    if (reconciler.kind === 'RoleAssignment') roles.granted();
    return place.path;
  }

  async function remove(change: Change, node: Node | undefined): Promise<string> {
    const stray = state.strays.find((one) => one.id === change.id);
    const live = stray?.live ?? state.live.get(change.id);
    const site = node && !stray ? planned.siteOf(node) : stray?.site;
    if (!live || !site) throw new Error(`The live state of ${change.id} is not known`);
    const reconciler = reconcilerOf(stray?.definition.kind ?? node?.definition.kind ?? '');
    await verified(change, reconciler, site, live.address, live.fingerprint);
    await reconciler.remove(contextFor(change), live);
    return live.address.path;
  }

  async function runTask(node: Node, change: Change): Promise<string> {
    const reconciler = reconcilerOf(node.definition.kind);
    if (!reconciler.run) throw new Error(`${reconciler.kind} has nothing to run`);
    outputs.set(node.id, await reconciler.run(contextFor(change), current().siteOf(node)));
    return '';
  }

  function reconcilerOf(kind: string): Reconciler {
    const found = reconcilers.get(kind);
    if (!found) throw new Error(`There is no kind ${kind}`);
    return found;
  }

  return async (type, change) => {
    const node = graph.get(change.id);
    if (!node && type !== 'remove') throw new Error(`${change.id} is not part of the environment`);
    const work = (): Promise<string> => {
      if (type === 'remove' || !node) return remove(change, node);
      return type === 'run' ? runTask(node, change) : write(node, change);
    };
    const site = node ? current().siteOf(node) : state.strays.find((one) => one.id === change.id)?.site;
    const kind = node?.definition.kind ?? state.strays.find((one) => one.id === change.id)?.definition.kind ?? '';
    const lock = site && reconcilerOf(kind).writesOneAtATime?.(site);
    return lock === undefined ? work() : mutex.run(lock.toLowerCase(), work);
  };
}

/** Kinds and the parts of kinds by their name. */
function withParts(catalog: ReconcilerCatalog): Map<string, Reconciler> {
  const all = [...catalog.values()].flatMap((kind) => [kind, ...Object.values(kind.parts)]);
  return new Map(all.map((kind) => [kind.kind, kind]));
}

/** What the plan shows of an update. A replacement is created again as a whole. */
function plannedFields(change: Change): readonly FieldChange[] {
  return change.action === 'update' ? change.fields : [];
}
