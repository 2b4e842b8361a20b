import type { Check } from '../verdict/types.ts';
import { checkName, withBounds, type GateReport } from './document.ts';

/** JUnit XML: a suite per gate, a case per check; fail, error and inconclusive are failure, error and skipped. */
export function junitOf(reports: readonly GateReport[]): string {
  const suites = reports.map((report) => {
    const count = (verdict: string): number => report.checks.filter((check) => check.verdict === verdict).length;
    const problems = report.problems.map(
      (message) =>
        `    <testcase classname="${xml(report.gate)}" name="data"><error message="${xml(message)}"/></testcase>`,
    );
    return [
      `  <testsuite name="${xml(`${report.environment} ${report.gate}`)}" tests="${report.checks.length + problems.length}" failures="${count('fail')}" errors="${count('error') + problems.length}" skipped="${count('inconclusive')}">`,
      ...report.checks.map((check) => caseOf(report, check)),
      ...problems,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

const ELEMENTS = { fail: 'failure', error: 'error', inconclusive: 'skipped', pass: '' } as const;

function caseOf({ gate }: GateReport, check: Check): string {
  const open = `    <testcase classname="${xml(gate)}" name="${xml(checkName(check))}"`;
  const element = ELEMENTS[check.verdict];
  if (element === '') return `${open}/>`;
  return `${open}><${element} message="${xml(`${check.reason}: ${withBounds(check)}, n ${check.n}`)}"/></testcase>`;
}

/** Text that cannot end an attribute; what XML does not allow is dropped. */
function xml(text: string): string {
  const allowed = text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
    '\r': '&#13;',
    '\t': '&#9;',
  };
  return allowed.replaceAll(/[&<>"\n\r\t]/g, (character) => names[character] ?? '');
}
