import { createHash } from 'node:crypto';
import type { BundledPackage } from './notices.ts';

/** What an SBOM is of, and where it says that its parts come from. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** `integrity` of packages as package-lock.json has it (`sha512-` and base64), by `name@version`. */
export type Integrity = ReadonlyMap<string, string>;

/**
 * The packages whose code is in the bundle, as CycloneDX 1.6 (ECMA-424) in JSON. The same bundle gives the same document:
 * it has no time, and its serial number is made from its content.
 */
export function sbomOf(subject: Subject, packages: readonly BundledPackage[], integrity: Integrity): object {
  const components = packages.map(({ name, version, license, author }) => {
    const hash = /^sha512-(.+)$/.exec(integrity.get(`${name}@${version}`) ?? '')?.[1];
    return {
      type: 'library',
      'bom-ref': packageUrl(name, version),
      name,
      version,
      ...(author === undefined ? {} : { author }),
      licenses: [licence(license)],
      purl: packageUrl(name, version),
      ...(hash === undefined
        ? {}
        : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
    };
  });
  const root = packageUrl(subject.name, subject.version);
  const content = {
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: subject.name,
        version: subject.version,
        licenses: [licence(subject.license)],
        purl: root,
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map(({ purl }) => purl) }],
  };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialOf(content), version: 1, ...content };
}

/** Reads `integrity` from a package-lock.json of version 3. */
export function integrityOf(lock: { readonly packages: Readonly<Record<string, LockedPackage>> }): Integrity {
  const entries = Object.entries(lock.packages).flatMap(([path, { version, integrity }]): [string, string][] => {
    const name = path.split('node_modules/').at(-1) ?? '';
    return version === undefined || integrity === undefined ? [] : [[`${name}@${version}`, integrity]];
  });
  return new Map(entries);
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
}

/** One SPDX id, or an expression. */
function licence(text: string): object {
  return /^[A-Za-z0-9.-]+$/.test(text) ? { license: { id: text } } : { expression: text };
}

/** https://github.com/package-url/purl-spec, type npm: the `@` of a scope is encoded. */
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

function serialOf(content: object): string {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
