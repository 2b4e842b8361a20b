import { describe, expectTypeOf, it } from 'vitest';
import type { Azure, AzureReader } from '../../src/model/azure.ts';
import { planEnvironment } from '../../src/planner/index.ts';

describe('planning', () => {
  it('cannot be given anything that writes', () => {
    expectTypeOf<Azure>().not.toExtend<AzureReader>();
    expectTypeOf<Pick<Azure, 'now' | 'get' | 'head' | 'text' | 'list' | 'delete'>>().not.toExtend<AzureReader>();
    expectTypeOf<Pick<Azure, 'now' | 'get' | 'head' | 'text' | 'list'>>().toExtend<AzureReader>();
    expectTypeOf(planEnvironment).parameter(0).toHaveProperty('reader').toEqualTypeOf<AzureReader>();
  });
});
