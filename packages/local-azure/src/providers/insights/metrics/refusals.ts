import { ArmError } from '../../../arm/arm-error.ts';

/** 400 as Azure Monitor answers queries that it cannot use (code and wording **unverified**). */
export function badRequest(message: string): ArmError {
  return new ArmError(400, 'BadRequest', message);
}
