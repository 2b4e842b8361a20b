import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A package whose code is part of the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as its package.json says. */
  readonly license: string;
  /** Who wrote it, where its package.json says so. */
  readonly author?: string;
  /** Texts of its licence and notice files; empty where it ships none. */
  readonly texts: readonly string[];
}

/** Licences that allow to pass the code on with nothing but their text. Another one has to be looked at by a person. */
const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Unlicense',
  'BlueOak-1.0.0',
]);

/** Packages that these modules belong to, by name. @param modules Absolute paths; those outside of node_modules do not count. */
export function bundledPackages(modules: readonly string[]): BundledPackage[] {
  const folders = new Set(modules.filter((path) => /[\\/]node_modules[\\/]/.test(path)).map(packageFolder));
  const found = new Map([...folders].map(readPackage).map((one) => [`${one.name}@${one.version}`, one]));
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text that is published with the bundle. Throws for a package whose licence is unknown or not permissive. */
export function noticeOf(packages: readonly BundledPackage[]): string {
  const refused = packages.filter(
    ({ license }) => !license.split(/ OR /).some((one) => PERMISSIVE.has(one.replaceAll(/[()]/g, ''))),
  );
  if (refused.length > 0)
    throw new Error(`No permissive licence: ${refused.map(({ name, license }) => `${name} (${license})`).join(', ')}`);
  const line = '-'.repeat(100);
  const parts = packages.map(({ name, version, license, author, texts }) => {
    const said = author === undefined ? '' : `Author: ${author}\n`;
    const text =
      texts.length > 0 ? texts.join('\n\n') : `The package has no licence file. Its package.json declares: ${license}.`;
    return `${line}\n${name} ${version}\nLicence: ${license}\n${said}\n${text.trim()}\n`;
  });
  return `ingate contains code of the following packages, under the licences given with each of them.\n\n${parts.join('\n')}`;
}

/** Innermost folder of a package: `.../node_modules/name` or `.../node_modules/@scope/name`. */
function packageFolder(path: string): string {
  const clean = path.replace(/^\0/, '').replace(/\?.*$/, '');
  const match = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(clean);
  return match?.[0] ?? dirname(clean);
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name?: string };
  };
  const writer = typeof author === 'string' ? author : author?.name;
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying|copyright)/i.test(file))
    : [];
  return {
    name,
    version,
    license: license ?? 'unknown',
    ...(writer === undefined ? {} : { author: writer }),
    texts: files
      .filter((file) => !/\.(js|ts)$/.test(file))
      .toSorted()
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  };
}
