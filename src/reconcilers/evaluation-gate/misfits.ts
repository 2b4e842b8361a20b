import { pointer, type Pointer } from '../../model/json.ts';
import { comparesWithBaseline, gradedOf, runsHere, type Grader } from './criteria.ts';
import { graderMisfits } from './grader-misfits.ts';
import { rowsOf } from './items.ts';
import { limitMisfits } from './limit-misfits.ts';
import type { EvaluationGateSpec } from './spec.ts';

/** What does not fit together in a gate. */
export function misfits(spec: EvaluationGateSpec): { readonly field: Pointer; readonly message: string }[] {
  const found = gradedOf(spec).flatMap(({ grader, field, name }) => {
    const at = pointer(field, 'grader');
    const need = (key: keyof Grader): { field: Pointer; message: string }[] =>
      grader[key] === undefined
        ? [{ field: at, message: `${name}: a grader of type ${grader.type} needs ${key}` }]
        : [];
    if (grader.type === 'evaluator') return need('evaluator');
    if (grader.type === 'scoreModel')
      return [
        ...need('prompt'),
        ...need('range'),
        ...(spec.judge === undefined ? [{ field: at, message: `${name}: a score needs a judge` }] : []),
      ];
    if (grader.type === 'regex') return need('pattern');
    if (grader.type === 'wordCount') return need('most');
    if (grader.type === 'cost')
      return [...need('inputPrice'), ...need('outputPrice'), ...untold(spec, at, name, 'tokens')];
    if (grader.type === 'tokens') return untold(spec, at, name, 'tokens');
    if (grader.type === 'latency') return untold(spec, at, name, 'latency');
    if (grader.type === 'stepCount') return untold(spec, at, name, 'tools');
    if (['toolCallF1', 'toolSequence', 'toolArgsMatch'].includes(grader.type))
      return [...need('reference'), ...untold(spec, at, name, 'tools')];
    if (grader.type === 'contains') return grader.values === undefined ? need('reference') : [];
    if (grader.type === 'jsonSchema') return need('schema');
    if (grader.type === 'jsonPath') return need('path');
    return grader.type === 'json' || grader.type === 'refusal' ? [] : need('reference');
  });
  const own = gradedOf(spec).flatMap((graded) => graderMisfits(graded));
  const metrics = spec.metrics.flatMap((metric, index) => measureMisfits(metric, pointer('/metrics', index)));
  const names = gradedOf(spec).map(({ name }) => name);
  const twice = gradedOf(spec).find(({ name }, index) => names.indexOf(name) !== index);
  return [
    ...found,
    ...own,
    ...metrics,
    ...limitMisfits(spec),
    ...appMisfits(spec),
    ...attackMisfits(spec),
    ...judgeMisfits(spec),
    ...budgetMisfits(spec),
    ...(twice ? [{ field: twice.field, message: `the name ${twice.name} is used twice` }] : []),
  ];
}

/** Graders whose score is a number of milliseconds, tokens, steps or money: less is better, and there is no usual most. */
const MEASURES = new Set(['latency', 'tokens', 'cost', 'stepCount']);

function measureMisfits(
  { name, grader, data = 'passFail', direction = 'increase' }: EvaluationGateSpec['metrics'][number],
  field: Pointer,
): { readonly field: Pointer; readonly message: string }[] {
  if (!MEASURES.has(grader.type)) return [];
  const wrong = (is: boolean, message: string) => (is ? [{ field, message: `${name}: ${message}` }] : []);
  const isNumber = data !== 'passFail';
  return [
    ...wrong(!isNumber && grader.most === undefined, `without most, every ${grader.type} passes`),
    ...wrong(
      isNumber && grader.type !== 'latency' && grader.range === undefined,
      'range says what no answer counts as',
    ),
    ...wrong(isNumber && direction !== 'decrease', 'less is better: set direction to decrease, and atMost'),
  ];
}

/** The red-teaming agent attacks agents and models. */
function attackMisfits({ redTeam, target, judge }: EvaluationGateSpec): {
  readonly field: Pointer;
  readonly message: string;
}[] {
  if (redTeam === undefined) return [];
  return [
    ...(isAskedFromHere(target)
      ? [{ field: '/redTeam' as const, message: 'container apps and batches cannot be attacked by Foundry' }]
      : []),
    ...(judge === undefined && redTeam.riskCategories.includes('TaskAdherence')
      ? [{ field: '/redTeam' as const, message: 'TaskAdherence asks a model, and no judge is named' }]
      : []),
  ];
}

/** What the manifest alone shows of a judge; what is live is looked at before anything is asked. */
function judgeMisfits(spec: EvaluationGateSpec): { readonly field: Pointer; readonly message: string }[] {
  const { judge, judgeModel, judgeVersion, target, forbidSameModelAsTarget = true } = spec;
  if (judge === undefined)
    return [
      ...(judgeModel === undefined ? [] : [{ field: '/judgeModel' as const, message: 'no judge is named' }]),
      ...(judgeVersion === undefined ? [] : [{ field: '/judgeVersion' as const, message: 'no judge is named' }]),
    ];
  return forbidSameModelAsTarget && target.model === judge
    ? [{ field: '/judge', message: `${judge} would grade itself; forbidSameModelAsTarget: false allows it` }]
    : [];
}

/** What a target does not tell of its answers cannot be graded. */
function untold(
  { target }: EvaluationGateSpec,
  field: Pointer,
  name: string,
  what: 'tokens' | 'tools' | 'latency',
): { readonly field: Pointer; readonly message: string }[] {
  const isApp = target.containerApp !== undefined;
  const told = what === 'latency' ? isApp : !isApp && (what === 'tokens' || target.agent !== undefined);
  const kind = isApp
    ? 'a container app'
    : target.batch !== undefined
      ? 'a batch'
      : target.agent === undefined
        ? 'a model deployment'
        : 'an agent';
  return told ? [] : [{ field, message: `${name}: ${kind} does not tell the ${what} of an answer` }];
}

/** True for targets whose answers Foundry does not grade. */
function isAskedFromHere({ containerApp, batch }: EvaluationGateSpec['target']): boolean {
  return containerApp !== undefined || batch !== undefined;
}

/** What is asked from here is graded here. */
function appMisfits(spec: EvaluationGateSpec): { readonly field: Pointer; readonly message: string }[] {
  const { target, request } = spec;
  const isApp = target.containerApp !== undefined;
  const remote = isAskedFromHere(target) ? gradedOf(spec).filter(({ grader }) => !runsHere(grader)) : [];
  return [
    ...(isApp && request === undefined
      ? [{ field: '/target' as const, message: 'a container app needs request' }]
      : []),
    ...(!isApp && request !== undefined
      ? [
          {
            field: '/request' as const,
            message: 'request is for gates of a container app; agents and models take input',
          },
        ]
      : []),
    ...remote.map(({ name, grader, field }) => ({
      field: pointer(field, 'grader'),
      message: `${name}: answers of a ${isApp ? 'container app' : 'batch'} are graded here, and ${grader.type} runs in Foundry`,
    })),
  ];
}

/** What a gate sends at most: every item to both arms, as often as it is repeated. */
function budgetMisfits(spec: EvaluationGateSpec): { readonly field: Pointer; readonly message: string }[] {
  const { maxRequests, repeats = 1, baseline } = spec;
  if (maxRequests === undefined) return [];
  const arms = baseline === 'none' || !comparesWithBaseline(spec) ? 1 : 2;
  const needed = rowsOf(spec).rows.length * repeats * arms;
  return needed <= maxRequests
    ? []
    : [{ field: '/maxRequests', message: `${needed} requests are needed, and ${maxRequests} are allowed` }];
}
