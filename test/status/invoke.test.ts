import { afterEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/cli/invoke/outcome.ts';
import { estate, startEstate } from './estate.ts';
import type { Lab } from '../support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const invoke = (...args: readonly string[]) => lab.ingate('invoke', 'dev', ...args);
const told = async (...args: readonly string[]): Promise<Outcome> =>
  JSON.parse((await invoke(...args, '-o', 'json')).out) as Outcome;

describe('an agent', () => {
  it('answers', async () => {
    lab = await startEstate();
    const a = await invoke('Agent/support', '--input', 'Where is my order?');
    console.log(a);
    console.log(await told('Agent/support', '--input', 'Where is my order?'));
    console.log(await invoke('Agent/support', '--input', 'Where is my order?', '--stream'));
    console.log(await invoke('Agent/support', '--input', 'Where is my order?', '--version', '7'));
    console.log(await invoke('ModelDeployment/chat', '--input', 'Where is my order?', '--stream'));
    console.log(await invoke('ContainerApp/api', '--input', '{"a":1}', '--path', '/chat'));
    void [expect, estate];
  });
});
