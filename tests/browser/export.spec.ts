// Lists taken away as files: all of what is asked for, exact, harmless, told to the trail before it leaves.
import { readFileSync } from 'node:fs';
import { type Locator, type Page } from '@playwright/test';
import { type Api, measured } from './api';
import { startProduct, template } from './product';
import { expect, test } from './test';
import { csv, rows } from './workbook';

const HOSTILE = "=cmd|' /C calc'!A0";
const CUSTOMERS = 260;

type Kind = 'xlsx' | 'csv';
const label = { xlsx: 'Excel（.xlsx）', csv: 'CSV（.csv）' };

const button = (within: Page | Locator) => within.getByRole('button', { name: '导出', exact: true });

async function choose(page: Page, kind: Kind, within: Page | Locator = page): Promise<void> {
    await button(within).click();
    await page.getByRole('menuitem', { name: label[kind] }).click();
}

/** What is handed out, and under which name. */
async function take(page: Page, kind: Kind, within: Page | Locator = page): Promise<[string, string[][]]> {
    const [file] = await Promise.all([page.waitForEvent('download'), choose(page, kind, within)]);
    const bytes = readFileSync(await file.path());
    return [file.suggestedFilename(), kind === 'csv' ? csv(bytes) : rows(bytes)];
}

/** What the trail says of exports, newest first. */
async function told(reader: Api): Promise<any[]> {
    const { items } = await reader.get('/audit?limit=50');
    return items.filter((event: { verb: string }) => event.verb === 'exported');
}

/** So many customers of a unit, and a few of another. */
async function fill(promotion: Api): Promise<string> {
    const { units } = await promotion.get('/directory');
    const id = (name: string) => units.find((one: { name: string }) => one.name === name).id;
    const row = (at: number, unit: string) => ({
        code: `E-${String(at).padStart(3, '0')}`, year: 2025, name: at === 7 ? HOSTILE : `导出封头厂${at}，“甲”`, unit,
        since: '2015-01-01', values: { annual_sales: measured(123_456_700 + at), collection: measured(9_000) },
    });
    const all = [
        ...Array.from({ length: CUSTOMERS }, (_, at) => row(at, '销售一科')),
        ...Array.from({ length: 5 }, (_, at) => row(CUSTOMERS + at, '云泽代表处')),
    ];
    const chunks = [all.slice(0, 200), all.slice(200)];
    await promotion.post('/imports', { id: 'export', shape: 'annual', file_name: 'a.csv', as_of: '2025-12-31', default_unit: id('销售一科'), chunks: 2, rows: all.length });
    for (const [n, part] of chunks.entries()) {
        const sent = await promotion.raw('PUT', `/imports/export/chunks/${n}`, { shape: 'annual', rows: part });
        expect(sent.ok, await sent.text()).toBe(true);
    }
    return id('销售一科');
}

test('a filtered list of many pages comes whole, as a workbook and as csv', async ({ page, enter }) => {
    test.setTimeout(120_000);
    const product = await startProduct({ from: template('company') });
    const promotion = await enter(product, 'promotion');
    const unit = await fill(promotion);
    await page.goto(`${product.url}/customers?unit=${unit}&sort=code`);
    await expect(page.locator('.fj-row')).toHaveCount(50);

    const [name, book] = await take(page, 'xlsx');
    expect(name).toBe('客户列表 2026-03-26.xlsx');
    await expect(page.getByText(`已导出 ${CUSTOMERS} 行`)).toBeVisible();
    const heads = book[0] ?? [];
    expect(heads.slice(0, 4)).toEqual(['客户编号', '客户名称', '单位', '销售员']);
    expect(book).toHaveLength(CUSTOMERS + 1);
    expect(book.slice(1).map((row) => row[0])).toEqual(Array.from({ length: CUSTOMERS }, (_, at) => `E-${String(at).padStart(3, '0')}`));
    const sales = heads.indexOf('年销售额（元）');
    const hostile = book.find((row) => row[0] === 'E-007') ?? [];
    expect([hostile[1], hostile[2], hostile[sales]]).toEqual([HOSTILE, '销售一科', '1234567.07']);

    const [text, lines] = await take(page, 'csv');
    expect(text).toBe('客户列表 2026-03-26.csv');
    expect(lines).toHaveLength(CUSTOMERS + 1);
    expect(lines[8]?.[1]).toBe(`'${HOSTILE}`);
    expect(lines[8]?.[sales]).toBe('1234567.07');
    expect(lines[1]?.[1]).toBe('导出封头厂0，“甲”');
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^(?:[=+@\t\r]|-(?!\d+(?:\.\d+)?$))/);

    const events = await told(promotion);
    const filter = `unit=${unit}&sort=code`;
    expect(events.map((event) => event.detail)).toEqual([
        { list: 'customers', format: 'csv', rows: CUSTOMERS, filter },
        { list: 'customers', format: 'xlsx', rows: CUSTOMERS, filter },
    ]);
    expect(events.map((event) => event.actor_name)).toEqual(['苏婷', '苏婷']);
    await product.stop();
});

test('a long one says how far it is and can be given up; without an answer of the trail there is no file', async ({ page, enter }) => {
    test.setTimeout(120_000);
    const product = await startProduct({ from: template('company') });
    const promotion = await enter(product, 'promotion');
    await fill(promotion);
    let asked = 0;
    let files = 0;
    page.on('download', () => (files += 1));
    await page.route('**/api/v1/exports', async (route) => {
        asked += 1;
        await route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'x', status: 503, code: 'unavailable' }) });
    });
    let slow = true;
    await page.route('**/api/v1/customers?*limit=200*', async (route) => {
        if (slow) await new Promise((resolve) => setTimeout(resolve, 1_500));
        await route.continue().catch(() => undefined);
    });
    await page.goto(`${product.url}/customers`);
    await expect(page.locator('.fj-row')).toHaveCount(50);
    await choose(page, 'csv');
    await expect(page.getByText('已读 200 行')).toBeVisible();
    await page.getByRole('button', { name: '取消' }).click();
    await expect(page.getByText('已读 200 行')).toBeHidden();
    await page.waitForTimeout(2_000);
    expect(asked).toBe(0);

    slow = false;
    await choose(page, 'csv');
    await expect(page.locator('.fj-toast')).toContainText(/稍后|再试/);
    expect([asked, files]).toEqual([1, 0]);
    await product.stop();
});

test('a rep has no such button and no such right', async ({ page, demo, enter }) => {
    const rep = await enter(demo, 'caogang');
    await page.goto(`${demo.url}/customers`);
    await expect(page.locator('.fj-row').first()).toBeVisible();
    await expect(button(page)).toHaveCount(0);
    const answer = await rep.raw('POST', '/exports', { list: 'customers', format: 'csv', rows: 1 });
    expect(answer.status).toBe(403);
});

test('every list can be taken away by whoever reads it', async ({ page, demo, enter }) => {
    test.setTimeout(120_000);
    const lists: [string, string, string, string][] = [
        ['promotion', '/newcomers', '新客户', '客户编号'],
        ['promotion', '/quarters', '季度分析', '单位'],
        ['promotion', '/stand-ins', '代理', '被代理人'],
        ['promotion', '/links', '共享链接', '单位'],
        ['promotion', '/import', '导入记录', '文件'],
        ['chief1', '/quarters', '各客户', '客户编号'],
        ['admin', '/users', '用户', '姓名'],
        ['admin', '/units', '单位', '名称'],
    ];
    for (const [login, path, title, head] of lists) {
        await enter(demo, login);
        await page.goto(`${demo.url}${path}`);
        const [name, table] = await take(page, 'csv');
        expect(name, path).toContain(title);
        expect(table[0]?.[0], path).toBe(head);
    }
});

test('what is of a customer is told in its history', async ({ page, demo, enter }, { project }) => {
    const promotion = await enter(demo, 'promotion');
    const [one] = (await promotion.get(`/customers?q=&limit=${project.name === 'desk' ? 2 : 1}`)).items.slice(-1);
    await page.goto(`${demo.url}/customers/${one.id}`);
    const panel = page.locator('section[aria-labelledby="p-history"]');
    const [name, table] = await take(page, 'xlsx', panel);
    expect(name).toContain('历史记录');
    expect(table[0]?.slice(0, 3)).toEqual(['时间', '经办人', '事项']);
    await page.reload();
    await expect(panel.locator('.fj-timeline__title').first()).toContainText(`导出了历史记录（${table.length - 1} 条）`);
});
