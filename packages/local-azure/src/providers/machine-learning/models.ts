import { assetTypes } from './assets.ts';

/** Models and their versions. */
export const [models, modelVersions] = assetTypes({
  plural: 'models',
  version: {
    flavors: { '*': { data: { '*': 'string' } } },
    jobName: 'string',
    modelType: 'string = custom_model',
    modelUri: 'string',
    datasets: [{ name: 'string', id: 'string' }],
  },
  immutable: ['modelUri', 'modelType', 'jobName'],
  complete: () => ({}),
});
