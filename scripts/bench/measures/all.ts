import type { Measurement } from '../context.ts';
import { apply, throttling } from './apply.ts';
import { localAzure } from './local-azure.ts';
import { plan } from './plan.ts';
import { start } from './start.ts';
import { validate } from './validate.ts';

/** In the order in which they run. */
export const measurements: readonly Measurement[] = [start, validate, plan, apply, throttling, localAzure];
