import { assetTypes } from './assets.ts';

const route = { 'path!': 'string', 'port!': 'integer' } as const;

/** Environments and their versions: images or build contexts that code runs in. */
export const [environments, environmentVersions] = assetTypes({
  plural: 'environments',
  version: {
    autoRebuild: 'Disabled|OnBaseImageUpdate = Disabled',
    build: { 'contextUri!': 'string', dockerfilePath: 'string = Dockerfile' },
    condaFile: 'string',
    image: 'string',
    inferenceConfig: { livenessRoute: route, readinessRoute: route, scoringRoute: route, startupRoute: route },
    osType: 'Linux|Windows = Linux',
    environmentType: 'readonly',
  },
  immutable: ['build', 'condaFile', 'image', 'osType'],
  complete: () => ({ readOnly: { properties: { environmentType: 'UserCreated' } } }),
});
