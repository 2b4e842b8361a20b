import { AggregateAuthenticationError, CredentialUnavailableError } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { credentialFault, signInMessage } from '../../src/azure/sign-in-error.ts';
import { AzureError } from '../../src/model/azure.ts';
import { describeAzureError, foldRepeated } from '../../src/model/azure-problem.ts';
import { problem } from '../../src/model/diagnostic.ts';

const call = (url: string, code = 'Credential') =>
  describeAzureError(new AzureError({ code, message: 'no', method: 'GET', url }));

describe('nobody is signed in', () => {
  it('is told with the first sentence of each credential, and without what follows', () => {
    const error = new AggregateAuthenticationError([
      new CredentialUnavailableError('EnvironmentCredential is unavailable. To troubleshoot, visit https://aka.ms/x.'),
      new CredentialUnavailableError("Please run 'az login'.\nHeaders: {}"),
    ]);
    expect(signInMessage(error)).toBe(
      "no identity gave a token. EnvironmentCredential is unavailable; Please run 'az login'",
    );
    expect(signInMessage(new Error('The registry x gives no token (404)'))).toBe('The registry x gives no token (404)');
  });

  it.each([
    [Object.assign(new Error('Service unavailable'), { name: 'AuthenticationError', statusCode: 503 }), 'Network'],
    [Object.assign(new Error('Too many requests'), { name: 'AuthenticationError', statusCode: 429 }), 'Network'],
    [
      Object.assign(new Error('getaddrinfo ENOTFOUND login.microsoftonline.com'), { name: 'AuthenticationError' }),
      'Network',
    ],
    [Object.assign(new Error('invalid_client'), { name: 'AuthenticationError', statusCode: 401 }), 'Credential'],
    [new CredentialUnavailableError('connect ECONNREFUSED 169.254.169.254'), 'Credential'],
  ])('is told apart from a token service that is out of order: %s', (error, code) => {
    expect(credentialFault(error)).toMatchObject({ code });
    expect(
      credentialFault(new AggregateAuthenticationError([new CredentialUnavailableError('x'), error])),
    ).toMatchObject({
      code,
    });
  });

  it('is told once for all requests, with what to do', () => {
    const [one, ...rest] = foldRepeated([call('https://a.test/1'), call('https://a.test/2'), call('https://a.test/3')]);
    expect(rest).toEqual([]);
    expect(one?.code).toBe('ING4002');
    expect(one?.hint).toMatch(/^Sign in with `az login`.*GET https:\/\/a\.test\/1; so did 2 more requests$/);
  });
});

describe('other problems', () => {
  it('stay apart: other words, other resources, places in files', () => {
    const at = { file: 'a.yaml', line: 1, column: 1, length: 1 };
    const found = [
      call('https://a.test/1', 'Conflict'),
      call('https://a.test/1', 'NotFound'),
      problem('ING4005', 'x', { resource: 'Agent/a' }),
      problem('ING4005', 'x', { resource: 'Agent/b' }),
      problem('ING1011', 'same', { at }),
      problem('ING1011', 'same', { at }),
    ];
    expect(foldRepeated(found)).toEqual(found);
  });
});
