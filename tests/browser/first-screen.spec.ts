// What is fetched until a rep can use the list, and what comes later.
import { onDemand } from '../../tools/on-demand.mjs';
import { expect, test } from './test';

test('the list needs nothing that is fetched on demand; the customer part follows it', async ({ page, demo, enter }) => {
    await enter(demo, 'lixiaomei');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.slice(1)));
    // The rows are held back until everything that is asked for before them has been seen.
    await page.route(/\/api\/v1\/customers(\?|$)/, async (route) => {
        await page.waitForTimeout(1_000);
        asked.push('rows');
        await route.continue();
    });
    await page.goto(`${demo.url}/customers`);
    await expect(page.locator('.fj-row').first()).toBeVisible();
    await expect.poll(() => asked.some((path) => path.includes('split_customer'))).toBe(true);

    expect(asked).toContain('rows');
    const before = asked.slice(0, asked.indexOf('rows'));
    expect(before.some((path) => /app_bg-.*wasm$/.test(path))).toBe(true);
    expect(before.filter(onDemand)).toEqual([]);
    expect(asked.filter((path) => /sheets|charts|split_(import|office|dashboard)/.test(path))).toEqual([]);
});

test('the licences of what is shipped lie beside the page', async ({ page, demo, request }) => {
    await page.goto(demo.url);
    const link = page.locator('link[rel=license]');
    const answer = await request.get(new URL((await link.getAttribute('href')) ?? '', demo.url).href);
    expect(answer.headers()['content-type']).toContain('text/plain');
    const text = await answer.text();
    for (const one of ['leptos 0.8', 'worker 0.', 'echarts 6', 'zrender 6']) expect(text).toContain(`\n${one}`);
    expect(text).toContain('Permission is hereby granted, free of charge');
    expect(text).not.toContain('playwright');
});

test('a part that does not come says so and comes at the next try', async ({ page, demo, enter, faults }) => {
    await enter(demo, 'lixiaomei');
    await page.route('**/assets/split_office*', (route) => route.abort());
    await page.goto(`${demo.url}/policy`);
    await expect(page.getByText('连接不上服务器')).toBeVisible();
    await page.unroute('**/assets/split_office*');
    await page.getByRole('button', { name: '重试' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('分级');
    // The loader notes the failure in the console; it is the one that was made here.
    expect(faults.splice(0)).toEqual([expect.stringContaining('Failed to fetch')]);
});
