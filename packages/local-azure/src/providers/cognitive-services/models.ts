/** A model that can be deployed, as `…/locations/{l}/models` lists it. */
export interface CatalogueModel {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  /** Whether a deployment without a version gets this one. */
  readonly isDefault: boolean;
  readonly lifecycle: 'GenerallyAvailable' | 'Preview' | 'Deprecating' | 'Deprecated';
  /** Days on which it stops working, `2026-10-14`. */
  readonly retired: { readonly inference?: string; readonly fineTune?: string };
  readonly capabilities: readonly string[];
  readonly skus: readonly CatalogueSku[];
}

/** Capacity counts thousands of tokens per minute, provisioned throughput units for the Provisioned SKUs. */
export interface CatalogueSku {
  readonly name: string;
  /** The quota that it counts against. Not always spelt like the model. */
  readonly usageName: string;
  readonly preset: number;
  readonly minimum?: number;
  readonly step?: number;
  readonly maximum?: number;
  readonly retired?: string;
}

const CHAT = ['chatCompletion', 'responses', 'agentsV2', 'assistants'];

/** SKUs that count tokens share a form: `OpenAI.<sku>.<model>`, 10 by default. */
function tokenSkus(model: string, names: readonly string[], retired?: string): CatalogueSku[] {
  return names.map((name) => ({
    name,
    usageName: `OpenAI.${name}.${model}`,
    preset: 10,
    maximum: name.endsWith('Batch') ? 75_000_000 : 1_000_000,
    ...(retired === undefined ? {} : { retired }),
  }));
}

function provisionedSkus(regional: number, global: number): CatalogueSku[] {
  return [
    {
      name: 'ProvisionedManaged',
      usageName: 'OpenAI.ProvisionedManaged',
      preset: regional,
      minimum: regional,
      step: regional,
      maximum: 30_000,
    },
    {
      name: 'GlobalProvisionedManaged',
      usageName: 'OpenAI.GlobalProvisionedManaged',
      preset: global,
      minimum: global,
      step: 5,
      maximum: 30_000,
    },
    {
      name: 'DataZoneProvisionedManaged',
      usageName: 'OpenAI.DataZoneProvisionedManaged',
      preset: global,
      minimum: global,
      step: 5,
      maximum: 30_000,
    },
  ];
}

const EVERYWHERE = ['Standard', 'GlobalStandard', 'DataZoneStandard'];
const BATCH = ['GlobalBatch', 'DataZoneBatch'];
const GLOBAL = ['GlobalStandard', 'DataZoneStandard'];

type Details = Pick<CatalogueModel, 'skus'> &
  Partial<Pick<CatalogueModel, 'isDefault' | 'lifecycle' | 'retired' | 'capabilities'>>;

function openAi(name: string, version: string, details: Details): CatalogueModel {
  return {
    format: 'OpenAI',
    name,
    version,
    isDefault: true,
    lifecycle: 'GenerallyAvailable',
    retired: {},
    capabilities: CHAT,
    ...details,
  };
}

/** An excerpt of the catalogue of mid-2026: the models of recorded traffic and a few newer ones. */
export const MODELS: readonly CatalogueModel[] = [
  openAi('gpt-4.1', '2025-04-14', {
    retired: { inference: '2026-10-14', fineTune: '2026-10-14' },
    capabilities: [...CHAT, 'fineTune'],
    skus: [
      ...tokenSkus('gpt4.1', EVERYWHERE, '2026-10-14'),
      ...tokenSkus('gpt-4.1', ['GlobalBatch']),
      ...tokenSkus('gpt4.1', ['DataZoneBatch']),
      ...provisionedSkus(25, 15),
    ],
  }),
  openAi('gpt-4.1-mini', '2025-04-14', {
    retired: { inference: '2026-10-14', fineTune: '2026-10-14' },
    capabilities: [...CHAT, 'fineTune'],
    skus: [
      ...tokenSkus('gpt4.1-mini', EVERYWHERE, '2026-10-14'),
      ...tokenSkus('gpt-4.1-mini', ['GlobalBatch']),
      ...provisionedSkus(25, 15),
    ],
  }),
  openAi('gpt-4o', '2024-11-20', {
    retired: { inference: '2026-10-01' },
    skus: [...tokenSkus('gpt-4o', [...EVERYWHERE, ...BATCH], '2026-10-01'), ...provisionedSkus(50, 15)],
  }),
  openAi('gpt-4o', '2024-08-06', {
    isDefault: false,
    lifecycle: 'Deprecating',
    retired: { inference: '2026-03-31' },
    capabilities: [...CHAT, 'fineTune'],
    skus: [
      ...tokenSkus('gpt-4o', ['Standard'], '2026-03-31'),
      ...tokenSkus('gpt-4o', ['GlobalStandard'], '2026-10-01'),
      ...tokenSkus('gpt-4o', ['DataZoneStandard', ...BATCH]),
    ],
  }),
  openAi('gpt-4o', '2024-05-13', {
    isDefault: false,
    lifecycle: 'Deprecating',
    retired: { inference: '2026-03-31' },
    skus: tokenSkus('gpt-4o', EVERYWHERE, '2026-03-31'),
  }),
  openAi('gpt-4o-mini', '2024-07-18', {
    retired: { inference: '2026-10-01' },
    capabilities: [...CHAT, 'fineTune'],
    skus: [
      ...tokenSkus('gpt-4o-mini', ['Standard'], '2026-03-31'),
      ...tokenSkus('gpt-4o-mini', GLOBAL, '2026-10-01'),
      ...tokenSkus('gpt-4o-mini', BATCH),
      ...provisionedSkus(25, 15),
    ],
  }),
  openAi('gpt-5', '2025-08-07', { skus: [...tokenSkus('gpt-5', [...GLOBAL, ...BATCH]), ...provisionedSkus(50, 15)] }),
  openAi('gpt-5-mini', '2025-08-07', {
    skus: [...tokenSkus('gpt-5-mini', [...EVERYWHERE, ...BATCH]), ...provisionedSkus(25, 15)],
  }),
  openAi('gpt-5-nano', '2025-08-07', { skus: tokenSkus('gpt-5-nano', [...GLOBAL, ...BATCH]) }),
  openAi('gpt-5.1', '2025-11-13', {
    skus: [...tokenSkus('gpt-5.1', [...EVERYWHERE, ...BATCH]), ...provisionedSkus(50, 15)],
  }),
  openAi('text-embedding-3-large', '1', {
    capabilities: ['embeddings'],
    skus: tokenSkus('text-embedding-3-large', EVERYWHERE),
  }),
  openAi('text-embedding-3-small', '1', {
    capabilities: ['embeddings'],
    skus: tokenSkus('text-embedding-3-small', EVERYWHERE),
  }),
];

/** Units that a subscription has of each quota in each region. */
export const QUOTA = 2000;
