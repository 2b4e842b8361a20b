import type { AzureFacts } from '../../../src/model/azure-facts.ts';

/** Facts as they are committed: one member on one line, so that a change of one is a change of one line. */
export function factsText({ models, ...head }: AzureFacts): string {
  const blocks = Object.entries(models).map(([name, { properties, ...rest }]) => {
    const members = Object.entries(properties).map(
      ([key, one]) => `        ${JSON.stringify(key)}: ${JSON.stringify(one)}`,
    );
    const others = Object.entries(rest).map(([key, one]) => `      ${JSON.stringify(key)}: ${JSON.stringify(one)},\n`);
    const body = members.length > 0 ? `{\n${members.join(',\n')}\n      }` : '{}';
    return `    ${JSON.stringify(name)}: {\n${others.join('')}      "properties": ${body}\n    }`;
  });
  const lines = Object.entries(head).map(([key, one]) => `  ${JSON.stringify(key)}: ${JSON.stringify(one)},\n`);
  return `{\n${lines.join('')}  "models": {\n${blocks.join(',\n')}\n  }\n}\n`;
}
