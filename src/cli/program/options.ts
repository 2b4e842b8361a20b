import { CommanderError, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';

export const environmentOption = new Option(
  '-e, --environment <name>',
  'environment: a folder below environments/',
).env('INGATE_ENVIRONMENT');

export const formatOption = (...formats: readonly string[]): Option =>
  new Option('-o, --output <format>', 'output format').choices([...formats]).default(formats[0]);

export function parsePositive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new CommanderError(exitCodes.usage, 'ingate.number', `error: "${text}" is not a whole number`);
  return value;
}

export const lockTimeoutOption = new Option(
  '--lock-timeout <seconds>',
  "wait this long for another run's lock on the environment",
)
  .argParser(parsePositive)
  .default(0);

export const noLockOption = new Option('--no-lock', 'work without a lock, if nothing else can write');

export function parsePort(text: string): number {
  const port = parsePositive(text);
  if (port > 65_535) throw new CommanderError(exitCodes.usage, 'ingate.port', `error: "${text}" is not a valid port`);
  return port;
}
