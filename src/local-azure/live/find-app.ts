import type { Engine } from '../engine/engine.ts';
import { sameText, textAt } from '../engine/json.ts';
import type { StoredResource } from '../engine/resources.ts';
import { APP_TYPE } from '../providers/app/shared.ts';

/** What a host name of Container Apps stands for. */
export interface Addressed {
  readonly app: StoredResource;
  /** A revision by its name, or whatever has a label; the traffic rules decide where neither is given. */
  readonly revision?: string;
  readonly label?: string;
}

/**
 * Finds the app that a host belongs to: `{app}.{domain}`, `{revision}.{domain}` or `{app}---{label}.{domain}`. The form
 * with a label is unverified (arm.md, revisions).
 */
export function findApp(engine: Engine, host: string): Addressed | undefined {
  const name = host.toLowerCase().replace(/:\d+$/u, '');
  const [first = ''] = name.split('.', 1);
  const domain = name.slice(first.length + 1);
  const app = engine.resources.list({ type: APP_TYPE }).find((one) => {
    const fqdn = textAt(one.readOnly, 'properties.configuration.ingress.fqdn')?.toLowerCase() ?? '';
    const owner = one.name.toLowerCase();
    return fqdn === `${owner}.${domain}` && (first === owner || first.startsWith(`${owner}--`));
  });
  if (!app || sameText(first, app.name)) return app && { app };
  const rest = first.slice(app.name.length);
  return rest.startsWith('---') ? { app, label: rest.slice(3) } : { app, revision: first };
}
