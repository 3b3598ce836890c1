// Without a network the app still opens, says so, keeps what was typed and goes on by itself; a new
// version waits until it is let in.
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Page } from '@playwright/test';
import { startProduct, template } from './product';
import { expect, field, test as base } from './test';

/** The product behind a door at which another version of the service worker can be put; its list is open and kept. */
const test = base.extend<{ front: Awaited<ReturnType<typeof door>> }>({
    front: async ({ page, context, company, enter }, use) => {
        const front = await door(company.url);
        const api = await enter(company, 'promotion');
        await api.lend(context, front.url);
        await page.goto(`${front.url}/customers`);
        await kept(page);
        await use(front);
        await page.close();
        await front.close();
    },
});

test.use({ serviceWorkers: 'allow' });

/** Waits until the first screen is kept and the worker answers for the page. */
async function kept(page: Page): Promise<void> {
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

const paths = (page: Page) =>
    page.evaluate(async () => {
        const found: string[] = [];
        for (const name of await caches.keys()) {
            for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
        }
        return found;
    });

test('after one visit the app opens without a network, and goes on when it is back', async ({ page, context, enter, faults }) => {
    const product = await startProduct({ from: template('company') });
    try {
        await enter(product, 'promotion');
        await page.goto(`${product.url}/customers`);
        await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
        await kept(page);

        await context.setOffline(true);
        await expect(page.locator('.fj-topbar__note')).toHaveText('没有网络');
        await page.reload();
        await expect(page.getByText('分级', { exact: true })).toBeVisible();
        await expect(page.getByRole('heading', { name: '没有网络' })).toBeVisible();
        await expect(page.getByText('还在这台设备上')).toBeVisible();
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, 'pixels wider than the screen').toBe(0);
        // An address that was never opened is the same app.
        await page.goto(`${product.url}/policy`);
        await expect(page.getByRole('heading', { name: '没有网络' })).toBeVisible();

        await context.setOffline(false);
        await expect(page.getByRole('heading', { level: 1 })).toContainText('分级');
        await expect(page.locator('.fj-topbar__note')).toHaveCount(0);
        expect((await paths(page)).filter((path) => path.startsWith('/api'))).toEqual([]);
    } finally {
        await product.stop();
    }
    faults.splice(0, faults.length, ...faults.filter((text) => !/Failed to (fetch|load)/.test(text)));
});

test('what was typed outlives the network and the page', async ({ page, context, enter }) => {
    const product = await startProduct({ from: template('company') });
    try {
        await enter(product, 'admin');
        await page.goto(`${product.url}/units`);
        await page.getByRole('button', { name: '新建单位' }).click();
        await kept(page);
        await field(page.getByRole('dialog'), '名称').fill('销售三科');
        await context.setOffline(true);
        await page.getByRole('button', { name: '保存', exact: true }).click();
        await expect(page.getByText('连接不上服务器')).toBeVisible();
        await page.reload();
        await expect(page.getByRole('heading', { name: '没有网络' })).toBeVisible();
        await context.setOffline(false);
        await page.getByRole('button', { name: '新建单位' }).click();
        await expect(field(page.getByRole('dialog'), '名称')).toHaveValue('销售三科');
        await page.getByRole('button', { name: '保存', exact: true }).click();
        await expect(page.getByRole('rowheader', { name: '销售三科' })).toBeVisible();
    } finally {
        await product.stop();
    }
});

/** A file that is asked for and never comes. */
const NEVER = '/assets/never.js';

/** The door itself. */
async function door(to: string): Promise<{ url: string; publish: () => void; close: () => Promise<void> }> {
    let newer = false;
    const server: Server = createServer((asked, answer) => {
        const url = new URL(asked.url ?? '/', to);
        if (url.pathname === NEVER) return;
        // Whole answers, which can be changed.
        const { 'if-none-match': _, ...rest } = asked.headers;
        const headers = { ...rest, host: url.host, 'accept-encoding': 'identity' };
        const onward = request(url, { method: asked.method, headers }, (got) => {
            const worker = newer && url.pathname === '/sw.js';
            const headers = { ...got.headers };
            if (worker) delete headers['content-length'];
            answer.writeHead(got.statusCode ?? 502, headers);
            if (!worker) return void got.pipe(answer);
            let text = '';
            got.on('data', (part: Buffer) => (text += part.toString()));
            got.on('end', () => answer.end(text.replace(/VERSION="\w+"/, 'VERSION="the-next"')));
        });
        onward.on('error', () => answer.destroy());
        asked.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        publish: () => (newer = true),
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

const versions = (page: Page) => page.evaluate(() => caches.keys());
const askAgain = (page: Page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

test('a new version waits until the person lets it in', async ({ page, front }) => {
    const [first] = await versions(page);
    front.publish();
    await askAgain(page);
    await expect(page.getByText('有新版本')).toBeVisible();
    // Reloading by hand goes on with the old one, which says again that there is a newer.
    await page.reload();
    await expect(page.getByText('有新版本')).toBeVisible();
    expect(await versions(page)).toContain(first);
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: '重新加载' }).click();
    await loaded;
    await expect.poll(() => versions(page)).toEqual(['fenji-the-next']);
    await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    await expect(page.getByText('有新版本')).toHaveCount(0);
});

test('a request that never ends does not keep a new version out', async ({ page, front }) => {
    await page.evaluate((path) => void fetch(path).catch(() => undefined), NEVER);
    front.publish();
    await askAgain(page);
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: '重新加载' }).click();
    await loaded;
    await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    await expect.poll(() => versions(page)).toEqual(['fenji-the-next']);
    await expect(page.getByText('有新版本')).toHaveCount(0);
});

test('after a crash the page is loaded past what is kept', async ({ page, front }) => {
    front.publish();
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('fenji:crash')));
    const loaded = page.waitForEvent('load');
    await page.getByRole('button', { name: '重新加载' }).click();
    await loaded;
    await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
    await expect.poll(() => versions(page)).toEqual(['fenji-the-next']);
});
