import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBench, type Bench } from '../support/client.ts';
import { create } from '../support/samples.ts';
import { html } from '../../src/server/status-page/html.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ timing: { operationMs: 0, revisionMs: 0 } });
});
afterEach(() => bench.close());

const ATTACK = `<script>alert("x")</script>'&`;

async function page(path = '/'): Promise<{ headers: Headers; text: string }> {
  const answer = await fetch(bench.azure.url + path, { headers: { accept: 'text/html,application/xhtml+xml' } });
  expect(answer.status).toBe(200);
  return { headers: answer.headers, text: await answer.text() };
}

/** What a person reads: the text without markup, one space between words. */
function readable(text: string): string {
  return text
    .replaceAll(/<style>[\s\S]*?<\/style>/gu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ');
}

describe('the page at /', () => {
  it('is there from the start, and only for browsers', async () => {
    expect(readable((await page()).text)).toContain('No resource groups yet.');
    expect((await bench.get('/')).status).not.toBe(200);
  });

  it('shows groups with resources, agents with versions, apps with traffic, alert rules and requests', async () => {
    const group = await bench.group('support');
    await create(bench, 'Microsoft.Insights/metricAlerts', group);
    const project = await create(bench, 'Microsoft.CognitiveServices/accounts/projects', group);
    const { endpoints } = (await bench.get(`${project}?api-version=2026-07-01`)).body.properties;
    const foundry = endpoints['AI Foundry API'].slice(bench.azure.url.length);
    for (const instructions of ['one', 'two'])
      await bench.send('POST', `${foundry}/agents/triage/versions?api-version=v1`, {
        definition: { kind: 'prompt', model: 'gpt-4o', instructions },
      });
    const rules = [30, 70].map((traffic_percentage, index) => ({
      type: 'FixedRatio',
      agent_version: String(index + 1),
      traffic_percentage,
    }));
    const selector = { agent_endpoint: { version_selector: { version_selection_rules: rules } } };
    expect((await bench.send('PATCH', `${foundry}/agents/triage?api-version=v1`, selector)).status).toBe(200);
    const app = `${await create(bench, 'Microsoft.App/containerApps', group)}?api-version=2026-01-01`;
    const { body } = await bench.get(app);
    const [container] = body.properties.template.containers;
    container.image = 'contoso.azurecr.io/api:2';
    await bench.put(app, body);
    const path = `/apps/${body.properties.configuration.ingress.fqdn}/`;
    const answer = await fetch(bench.azure.url + path, { headers: { accept: 'text/html' } });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    await bench.get('/subscriptions/none?api-version=2022-12-01');

    const { text: markup } = await page();
    expect(markup).toContain(`<a href="${path}">https://`);
    const text = readable(markup);
    expect(text).toMatch(/support swedencentral, \d+ resources/u);
    expect(text).toContain('api App/containerApps Succeeded swedencentral');
    expect(text).toContain('foundry/support CognitiveServices/accounts/projects Succeeded');
    expect(text).toMatch(
      /triage foundry\/support Version .* 2 prompt gpt-4o active 70% 70% 1 prompt gpt-4o active 30% 30%/u,
    );
    expect(text).toMatch(
      /contoso\.azurecr\.io\/api:2 Healthy 100% 100% 1 api--\w+ contoso\.azurecr\.io\/api:1 inactive 0% 0% 0/u,
    );
    expect(text).toMatch(/errors metricAlerts 2 enabled Total Requests GreaterThan 5/u);
    expect(text).toMatch(/GET 404 \/subscriptions\/none/u);
  });

  it('shows a hundred resources of a large group and says how many more there are', async () => {
    const group = await bench.group();
    for (let index = 0; index < 103; index += 1)
      await bench.put(`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/app-${index}?api-version=2024-11-30`, {
        location: 'westus',
      });
    const text = readable((await page()).text);
    expect(text).toContain('103 resources');
    expect(text).toContain('and 3 more');
  });

  it('needs nothing from elsewhere and runs no script, and reloads itself unless told not to', async () => {
    const { headers, text } = await page();
    expect(text).not.toMatch(/<script|\son\w+=|javascript:|https?:\/\/(?!127\.0\.0\.1)/iu);
    expect(text).not.toMatch(/<(?:link|img|iframe|form)/iu);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('http-equiv="refresh"');
    expect((await page('/?refresh=0')).text).not.toContain('http-equiv="refresh"');
  });

  it('escapes what clients send: names, paths and hosts', async () => {
    const group = await bench.group();
    const path = `${group}/Microsoft.Insights/actionGroups/${encodeURIComponent(ATTACK)}`;
    await bench.put(`${path}?api-version=2023-01-01`, { location: 'global' });
    await bench.get(`/subscriptions/${encodeURIComponent(ATTACK)}?api-version=2022-12-01`);
    const { text } = await page();
    expect(text).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
    expect(text).not.toContain('<script');
  });

  it('is not part of the request log', async () => {
    await page();
    expect(bench.azure.requests()).toEqual([]);
  });
});

it("pages of other sites cannot use the server's own endpoints", async () => {
  const reset = (headers: Readonly<Record<string, string>>): Promise<number> =>
    bench.send('POST', '/_local/reset', undefined, { headers }).then(({ status }) => status);
  expect(await reset({ origin: 'https://attacker.example' })).toBe(403);
  expect(await reset({ origin: 'http://attacker.example', 'x-forwarded-host': 'attacker.example' })).toBe(403);
  expect(await reset({ origin: 'null' })).toBe(403);
  expect(await reset({ origin: bench.azure.url })).toBe(204);
  expect(await reset({})).toBe(204);
});

it('the template escapes every value, in lists and nested templates too', () => {
  const inner = html`<i>${ATTACK}</i>`;
  expect(html`<p title="${ATTACK}">${[inner, '<b>']}${undefined}${3}</p>`.markup.replaceAll(/\s+/gu, ' ')).toBe(
    `<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;"><i>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;</i>&lt;b&gt;3</p>`,
  );
});
