import type { Provider } from '../arm/contract.ts';
import { customLocations } from './extended-location/custom-locations.ts';

/** Places outside of Azure's regions. */
export const extendedLocation: Provider = {
  namespace: 'Microsoft.ExtendedLocation',
  types: [customLocations],
};
