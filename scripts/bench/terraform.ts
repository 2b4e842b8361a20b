import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished, peakMemory } from './process.ts';

/** How a plan of Terraform went that has nothing to do. */
export interface Baseline {
  readonly milliseconds: number;
  /** Bytes; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

/** Whether there is a Terraform to compare with. */
export function hasTerraform(): boolean {
  return spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
}

const PROVIDER = 'provider["terraform.io/builtin/terraform"]';

/**
 * A plan of so many resources of Terraform's built-in provider, which needs no network. The state is written, not applied:
 * an apply of ten thousand takes Terraform very long. Rejects when the plan finds anything to do.
 */
export async function terraformPlan(parent: string, resources: number): Promise<Baseline> {
  const folder = join(parent, `terraform-${resources}`);
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: resources }, (_, index) => `r${index}`);
  const blocks = names.map((name) => `resource "terraform_data" "${name}" {\n  input = "${name}"\n}\n`);
  writeFileSync(join(folder, 'main.tf'), blocks.join(''));
  writeFileSync(join(folder, 'terraform.tfstate'), JSON.stringify(stateOf(names)));
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  await finished('terraform', ['init', '-input=false', '-no-color'], { cwd: folder, env });
  let memory: number | undefined;
  let watch: NodeJS.Timeout | undefined;
  const started = performance.now();
  await finished('terraform', ['plan', '-input=false', '-no-color', '-detailed-exitcode'], {
    cwd: folder,
    env,
    started(pid) {
      watch = setInterval(() => {
        memory = peakMemory(pid) ?? memory;
      }, 20);
    },
  }).finally(() => clearInterval(watch));
  return { milliseconds: performance.now() - started, memory };
}

function stateOf(names: readonly string[]): object {
  return {
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: randomUUID(),
    outputs: {},
    resources: names.map((name) => {
      const value = { value: name, type: 'string' };
      const attributes = { id: randomUUID(), input: value, output: value, triggers_replace: null };
      const instances = [{ schema_version: 0, attributes, sensitive_attributes: [] }];
      return { mode: 'managed', type: 'terraform_data', name, provider: PROVIDER, instances };
    }),
  };
}
