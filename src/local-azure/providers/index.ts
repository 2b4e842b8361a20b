import type { Provider } from '../arm/resource-type.ts';
import { authorization } from './authorization.ts';
import { cognitiveServices } from './cognitive-services.ts';
import { managedIdentity } from './managed-identity.ts';
import { resources } from './resources.ts';
import { storage } from './storage.ts';

/** Every resource provider that the server has. */
export const PROVIDERS: readonly Provider[] = [authorization, cognitiveServices, managedIdentity, resources, storage];
