import type { Engine } from '../../arm/contract.ts';
import type { LocalRequest } from '../../http/request.ts';
import type { BlobContainer } from './store.ts';

/** A request to the blobs of a storage account: `/{account}.blob/{container}/{blob}`. */
export interface BlobCall {
  readonly engine: Engine;
  readonly request: LocalRequest;
  readonly account: string;
  readonly name: string;
  readonly container: BlobContainer;
  /** Empty for the container itself. */
  readonly blob: string;
}
