// Papers that are longer than a sheet: a form with many indicators, an A list and minutes with many customers.
// On A4 each page of a table has its heads and no row is cut in two; as workbooks they say the same.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { pages } from './pdf';
import { NOW, startProduct, template } from './product';
import { expect, test } from './test';
import { rows } from './workbook';

const DAY = 86_400_000;
const CUSTOMERS = 48;
const INDICATORS = 70;

/** Figures of 2025 that give an A. */
const best = {
    annual_sales: measured(1_200_000_000),
    price_level: measured(10_000),
    collection: measured(9_800),
    overdue_days: measured(0),
    ...Object.fromEntries(['order_planning', 'product_fit', 'communication', 'loyalty'].map((key) => [key, judged('A')])),
};

const two = (at: number) => String(at).padStart(2, '0');
/** A paragraph of several lines, told by its first and its last word. */
const long = (name: string) => `begin-${name} ${'每月走访一次并当面核对账目。'.repeat(6)} end-${name}`;

/** The default policy with so many more indicators, each of a point. */
async function longPolicy(promotion: Api): Promise<void> {
    const { id, policy } = await promotion.get('/policies/current');
    const model = policy.indicators.find((one: { key: string }) => one.key === 'loyalty');
    const levels = model.scoring.levels.map((level: { key: string }, at: number) => ({ ...level, points: [100, 50, 0][at] }));
    for (let at = 0; at < INDICATORS; at += 1) {
        const name = { zh: `begin-i${two(at)} 补充指标，按合作情况由科长评定 end-i${two(at)}`, en: `Further ${at}` };
        policy.indicators.push({ ...model, key: `further_${two(at)}`, name, weight: 100, scoring: { ...model.scoring, levels } });
    }
    policy.marks.total += INDICATORS * 100;
    const draft = await promotion.post('/policy-drafts', { based_on: id, policy });
    const headers = { 'if-match': `"v${draft.version}"`, 'idempotency-key': 'papers-publish-1' };
    const answer = await promotion.raw('POST', `/policy-drafts/${draft.id}/publish`, { effective_from: '2026-03-26', reason: '加长' }, headers);
    expect(answer.ok, await answer.text()).toBe(true);
}

/** The same step with every form of a stage. */
async function each(api: Api, cycle: string, stage: string, wanted: (row: { code: string }) => object): Promise<void> {
    const moves = (await api.all(`/reviews/${cycle}/forms?stage=${stage}`)).map((row) => ({ customer: row.customer, version: row.version, wanted: wanted(row) }));
    const answer = await api.raw('POST', `/reviews/${cycle}/forms/moves`, { moves });
    const outcomes = await answer.json();
    expect(outcomes.filter((one: { outcome: { outcome: string } }) => one.outcome.outcome !== 'done')).toEqual([]);
}

/** The pages of what is printed; on each that has a row of the table its heads stand, and both ends of each row. */
async function printed(page: Page, row: RegExp, heads: string[], least: number): Promise<void> {
    const sheets = pages(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(sheets.length).toBeGreaterThanOrEqual(least);
    let seen = 0;
    for (const [at, text] of sheets.entries()) {
        const begun = [...text.matchAll(row)].map(([, name]) => name);
        const ended = begun.filter((name) => text.includes(`end-${name}`));
        expect(ended, `rows cut at the foot of page ${at + 1}`).toEqual(begun);
        const others = [...text.matchAll(/end-([a-z]\d\d)/g)].map(([, name]) => name);
        expect(others.filter((name) => !text.includes(`begin-${name}`)), `rows cut at the head of page ${at + 1}`).toEqual([]);
        if (begun.length > 0) for (const head of heads) expect(text, `page ${at + 1}`).toContain(head);
        if (begun.length > 0) seen += 1;
    }
    expect(seen, 'pages with rows').toBeGreaterThanOrEqual(least - 1);
}

/** What is handed out as a workbook. */
async function exported(page: Page, name: string): Promise<string[][]> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 xlsx' }).click()]);
    expect(file.suggestedFilename()).toBe(name);
    return rows(readFileSync(await file.path()));
}

test('a form, an A list and minutes of several sheets keep their heads and their rows whole @desk', async ({ page, enter }) => {
    test.setTimeout(240_000);
    page.setDefaultTimeout(30_000);
    const state = mkdtempSync(join(tmpdir(), 'fenji-papers-'));
    let product = await startProduct({ from: template('company'), state });
    let promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    await longPolicy(promotion);
    const { units } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const all = Array.from({ length: CUSTOMERS }, (_, at) => ({ code: `P-${two(at)}`, year: 2025, name: `纸面压力容器厂${two(at)}`, unit: '销售一科', since: '2015-01-01', values: best }));
    await promotion.post('/imports', { id: 'papers', shape: 'annual', file_name: 'a.csv', as_of: '2025-12-31', default_unit: unit, chunks: 1, rows: all.length });
    const sent = await promotion.raw('PUT', '/imports/papers/chunks/0', { shape: 'annual', rows: all });
    expect(sent.ok, await sent.text()).toBe(true);
    let row = await promotion.post('/reviews', { year: 2025, opens: '2026-03-26', closes: '2026-03-26' });
    while (row.cycle.phase.phase === 'opening') row = await promotion.post(`/reviews/${row.cycle.id}/step`, { at: row.progress.position });
    const cycle = row.cycle.id;
    let chief = await Api.signIn(product.url, 'chief', PASSWORD);
    await each(chief, cycle, 'draft', () => ({ move: 'submit', grade: 'A', reason: '见附件' }));
    await product.stop();

    product = await startProduct({ state, now: NOW + DAY });
    promotion = await Api.signIn(product.url, 'promotion', PASSWORD);
    chief = await Api.signIn(product.url, 'chief', PASSWORD);
    const { version } = await promotion.get(`/reviews/${cycle}`);
    const convened = await promotion.raw('POST', `/reviews/${cycle}/moves`, { wanted: { move: 'convene' } }, { 'if-match': `"v${version}"` });
    expect(convened.ok).toBe(true);
    await each(promotion, cycle, 'submitted', () => ({ move: 'take_up' }));
    await each(promotion, cycle, 'in_review', () => ({ move: 'decide', grade: 'A' }));
    await each(chief, cycle, 'a_listed', ({ code }) => ({
        move: 'apply', plan: { service: long(`s${code.slice(2)}`), production: '优先排产', sales: '部长每季走访' },
    }));

    await enter(product, 'promotion');
    await page.goto(`${product.url}/reviews/${cycle}/a-list`);
    await expect(page.getByRole('article')).toContainText('end-s47', { timeout: 30_000 });
    await printed(page, /begin-(s\d\d)/g, ['序号', '编号', '服务', '销售'], 3);
    let sheet = await exported(page, '2025 年度 A 类客户名单.xlsx');
    expect(sheet[0]?.[0]).toBe('2025 年度 A 类客户名单');
    const heads = ['序号', '编号', '客户', '单位', '上年', '进度', '服务', '生产', '销售'];
    let at = sheet.findIndex((row) => row[0] === '序号');
    expect(sheet[at]).toEqual(heads);
    expect(sheet[at + 1]).toEqual(['1', 'P-00', '纸面压力容器厂00', '销售一科', '未评级', '已申请 A', long('s00'), '优先排产', '部长每季走访']);
    expect(sheet.slice(at + 1).filter((row) => /^P-\d\d$/.test(row[1] ?? ''))).toHaveLength(CUSTOMERS);

    await page.goto(`${product.url}/reviews/${cycle}/minutes`);
    await expect(page.getByRole('article')).toContainText('end-s47', { timeout: 30_000 });
    await printed(page, /begin-(s\d\d)/g, ['序号', '编号', '服务', '销售'], 3);
    sheet = await exported(page, '2025 年度客户质量等级复评会议纪要.xlsx');
    expect(sheet[0]?.[0]).toBe('2025 年度客户质量等级复评会议纪要');
    at = sheet.findIndex((row) => row[0] === '序号');
    expect(sheet[at]).toEqual(heads);
    expect(sheet[at + 1]?.[1]).toBe('P-00');
    expect(sheet.some((row) => row[0] === '全公司' && row[1]?.startsWith(`${CUSTOMERS}（`)), 'the totals').toBe(true);

    const [first] = await promotion.all(`/reviews/${cycle}/forms?stage=a_applied`);
    await page.goto(`${product.url}/reviews/${cycle}/forms/${first.customer}`);
    await expect(page.locator('#form-name')).toBeVisible({ timeout: 30_000 });
    await printed(page, /begin-(i\d\d)/g, ['序号', '评定指标', '评分依据'], 3);
    sheet = await exported(page, '纸面压力容器厂00 客户质量等级评定表.xlsx');
    expect(sheet[0]?.[0]).toBe('客户质量等级评定表');
    at = sheet.findIndex((row) => row[1] === '评定指标');
    expect(sheet[at]).toEqual(['序号', '评定指标', '满分', '数值或等级', '得分', '评分依据']);
    expect(sheet[at + 1]?.slice(0, 5)).toEqual(['1', '销售总额', '30', '1,200 万元', '30.00']);

    // Each is in the trail, the form under its customer.
    const { items } = await promotion.get('/audit?limit=20');
    const taken = items.filter((event: { verb: string }) => event.verb === 'exported');
    expect(taken.map((event: any) => [event.detail.list, event.detail.filter])).toEqual(['form', 'minutes', 'a_list'].map((list) => [list, `cycle=${cycle}`]));
    expect(taken[0].subject).toBe(first.customer);
    await product.stop();
    rmSync(state, { recursive: true, force: true });
});
