import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import type { FieldChange } from '../../src/model/plan.ts';
import { wantedTemplate } from '../../src/reconcilers/container-app/arm.ts';
import { containerApp } from '../../src/reconcilers/container-app/index.ts';
import { candidateTemplate } from '../../src/reconcilers/container-app/rollout/candidate.ts';
import { siteOf } from '../support/writing.ts';

const serving: JsonObject = {
  containers: [
    {
      name: 'main',
      image: 'contoso.azurecr.io/app:1',
      resources: { cpu: 0.5, memory: '1Gi', ephemeralStorage: '2Gi' },
      env: [{ name: 'OLD', value: '1' }],
      probes: [{ type: 'Readiness', failureThreshold: 7, httpGet: { path: '/', port: 80 } }],
    },
  ],
  scale: {
    maxReplicas: 10,
    cooldownPeriod: 600,
    rules: [{ name: 'queue', tcp: { metadata: { concurrentConnections: '9' } } }],
  },
  volumes: [{ name: 'share', storageType: 'EmptyDir', mountOptions: 'uid=1000' }],
  revisionSuffix: 'gold',
};
const newest: JsonObject = { containers: [{ name: 'main', image: 'contoso.azurecr.io/app:broken' }] };

const app: JsonObject = {
  properties: {
    latestRevisionName: 'one--broken',
    template: newest,
    configuration: { ingress: { traffic: [{ revisionName: 'one--gold', weight: 100, label: 'stable' }] } },
  },
};
const revisions: JsonObject[] = [
  { name: 'one--gold', properties: { template: serving } },
  { name: 'one--broken', properties: { template: newest } },
];

function candidate(spec: JsonObject, fields: readonly FieldChange[] = []): JsonObject {
  const site = siteOf(containerApp, { environment: 'ContainerEnvironment/apps', ...spec });
  return candidateTemplate(app, revisions, { site, template: wantedTemplate(site).template, fields });
}

describe('the template of a candidate', () => {
  const containers = [
    {
      name: 'main',
      image: 'contoso.azurecr.io/app:2',
      resources: { cpu: 0.5, memory: '1Gi' },
      env: [{ name: 'NEW', value: '2' }],
    },
  ];

  it('is the one that serves with the declared fields set', () => {
    expect(candidate({ containers, scale: { maxReplicas: 4 } })).toEqual({
      containers: [
        {
          name: 'main',
          image: 'contoso.azurecr.io/app:2',
          resources: { cpu: 0.5, memory: '1Gi' },
          env: [{ name: 'NEW', value: '2' }],
          probes: [{ type: 'Readiness', failureThreshold: 7, httpGet: { path: '/', port: 80 } }],
        },
      ],
      scale: { ...(serving['scale'] as JsonObject), maxReplicas: 4 },
      volumes: serving['volumes'],
    });
  });

  it('loses what Git no longer declares', () => {
    const removed: FieldChange = {
      field: '/scale/cooldownPeriod',
      label: 'scale.cooldownPeriod',
      before: 600,
      class: 'pending',
    };
    const { scale } = candidate({ containers, scale: { maxReplicas: 4 } }, [removed]);
    expect(scale).toEqual({ maxReplicas: 4, rules: (serving['scale'] as JsonObject)['rules'] });
  });
});
