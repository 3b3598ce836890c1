// A real ledger through the page: read, checked, sent, graded; again; and over a crash.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { ImportPage, csv } from './import-page';
import { Api } from './api';
import { type Product, root, startProduct, template } from './product';
import { expect, field, test } from './test';

const LEDGER = join(root, 'tests/data/receivables-2012-2013.csv');
const AS_OF = '2013-12-31';

interface Year {
    sales: number;
    on_time: number | null;
    overdue_days: number;
    growth: number | null;
}
/** Computed from the same ledger by a program that shares nothing with the product. */
const expected: {
    invoices: number;
    customers: number;
    sales: Record<string, number>;
    as_of: Record<string, Record<string, Record<string, Year>>>;
} = JSON.parse(readFileSync(join(root, 'tests/data/receivables-expected.json'), 'utf8'));
const byCustomer = expected.as_of[AS_OF] ?? {};
/** Shares as they are written: up to two decimals, a true minus. */
const percent = (points: number) => `${points < 0 ? '−' : ''}${Math.abs(points) / 100} %`;
const wan = (fen: number) => (Math.round(fen / 10_000) / 100).toFixed(2);

/** Points for the share paid on time, clause 3.2-C of the standard policy. */
const paid = (share: number) => [9_500, 9_000, 8_000, 7_000, 5_000, 0].findIndex((from) => share >= from);
const PAID = [20, 17, 13, 8, 3, 0];
/** Points for growth: 0 at −10 %, 5 at 20 %, in proportion between. */
const grown = (growth: number) => Math.round((500 * Math.min(3_000, Math.max(0, growth + 1_000))) / 3_000) / 100;

/** A customer's own page: what the ledger says and what that earns, and what it does not say, as missing. */
async function explained(page: Page, url: string, { id, code }: { id: string; code: string }): Promise<void> {
    for (const [year, own] of Object.entries(byCustomer[code] ?? {})) {
        await page.goto(`${url}/customers/${id}?year=${year}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const indicator = (name: string) => page.locator('.fj-indicator').filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) });
        const says = async (name: string, state: string, value: string, points: number) => {
            const line = indicator(name);
            await expect(line.locator('.fj-indicator__state'), `${code} ${name}`).toHaveText(state);
            await expect(line.locator('.fj-indicator__sentence'), `${code} ${name}`).toHaveText(new RegExp(`^${value}，.*得 ${points} 分。$`));
            await expect(line.locator('.fj-indicator__points'), `${code} ${name}`).toHaveText(new RegExp(`^${points.toFixed(2)} /`));
        };
        await expect(page.locator('.fj-indicator')).toHaveCount(8);
        await says('销售总额', '实测', `${Number(wan(own.sales))} 万元`, 0);
        await says('货款回收', '实测', percent(own.on_time ?? NaN), PAID[paid(own.on_time ?? NaN)] ?? NaN);
        const missing = ['销售价格', '订单计划性', '产品满足度', '沟通一致性', '合作忠诚度与信誉'];
        if (own.growth === null) missing.push('发展潜力');
        else await says('发展潜力', '实测', percent(own.growth), grown(own.growth));
        for (const name of missing) {
            await expect(indicator(name), `${code} ${name}`).toContainText('没有数据：暂不得分，也不算已知');
            await expect(indicator(name).locator('.fj-indicator__state')).toHaveText('缺数据');
            await expect(indicator(name).locator('.fj-indicator__points')).toHaveText(/^— /);
        }
        const grade = page.getByRole('region', { name: '等级' });
        const known = own.growth === null ? 50 : 55;
        await expect(grade).toContainText(`依据不足，暂不评级：已知 ${known} %，需要 60 %。`);
        for (const name of missing) await expect(grade.locator('.fj-score__sentence').filter({ hasText: /^缺：/ })).toContainText(name);

        await page.goto(`${url}/customers/${id}/figures?year=${year}`);
        await expect(field(page, '最长逾期天数')).toHaveValue(String(own.overdue_days));
        await expect(page.getByText(/应收台账，苏婷/).first()).toBeVisible();
    }
}

test('a ledger of 2,466 invoices becomes graded customers, and once more changes nothing @desk', async ({ page, enter }) => {
    test.setTimeout(180_000);
    // Of its own: every customer in it is to come from the ledger.
    const company = await startProduct({ from: template('company') });
    try {
        const promotion = await enter(company, 'promotion');
        const ledger = new ImportPage(page, company.url);
        await ledger.open();
        await ledger.choose(LEDGER);

        await expect(ledger.column('customerID')).toHaveValue('code');
        await expect(ledger.column('InvoiceAmount')).toHaveValue('amount');
        await expect(ledger.column('SettledDate')).toHaveValue('settled');
        await expect(ledger.column('PaperlessDate')).toHaveValue('');
        await expect(page.getByLabel('日期顺序')).toHaveValue('day_first');
        // Left to the person: the unit of the amounts, the day, where new customers go.
        await expect(page.getByRole('button', { name: '检查数据' })).toBeDisabled();
        await page.getByLabel('金额单位').selectOption('元');
        await ledger.describe(AS_OF);
        await ledger.check();

        await expect(ledger.stat('新增')).toHaveText('2,466');
        await expect(ledger.stat('有问题')).toHaveText('0');
        for (const [year, fen] of Object.entries(expected.sales)) {
            await expect(page.getByRole('row', { name: new RegExp(`^${year} `) })).toContainText(wan(fen));
        }
        await ledger.send('2,466');
        await ledger.finished();
        const years = Object.values(byCustomer).flatMap((one) => Object.keys(one)).length;
        await expect(ledger.stat('新增')).toHaveText('2,466');
        await expect(ledger.stat('新客户')).toHaveText('100');
        await expect(ledger.stat('重新评级')).toHaveText(String(years));

        await page.getByRole('link', { name: '查看客户' }).click();
        await expect(page.getByRole('heading', { level: 1, name: '客户' })).toBeVisible();
        await expect(page.getByText(/^已显示 \d+ 家$/)).toBeVisible();
        await page.getByRole('button', { name: '加载更多' }).click();
        await expect(page.getByText('共 100 家')).toBeVisible();
        const rows = page.locator('.fj-row');
        await expect(rows).toHaveCount(100);
        // A ledger of invoices says nothing of prices and judgements: 50 or 55 of the 60 % needed are known.
        await expect(rows.filter({ hasText: '依据不足' })).toHaveCount(100);

        const customers = await promotion.all('/customers?sort=code');
        expect(customers.map((one) => one.code).sort()).toEqual(Object.keys(byCustomer).sort());
        let sums: Record<string, number> = {};
        for (const row of customers) {
            const latest = Object.keys(byCustomer[row.code] ?? {}).sort().at(-1) ?? '';
            const grows = byCustomer[row.code]?.[latest]?.growth !== null;
            expect([row.tier ?? null, row.year, row.evidence], row.code).toEqual([null, Number(latest), grows ? 5_500 : 5_000]);
            const { years } = await promotion.get(`/customers/${row.id}`);
            for (const { year, detail } of years) {
                const figure = (key: string): number | null => detail.inputs.values[key]?.value ?? null;
                const own = byCustomer[row.code]?.[year];
                expect(
                    { sales: figure('annual_sales'), on_time: figure('collection'), overdue: figure('overdue_days'), growth: figure('potential') },
                    `${row.code} ${year}`,
                ).toEqual({ sales: own?.sales, on_time: own?.on_time, overdue: own?.overdue_days, growth: own?.growth });
                sums = { ...sums, [year]: (sums[year] ?? 0) + own!.sales };
            }
        }
        expect(sums).toEqual(expected.sales);

        // The greatest, the longest overdue, and the one that shrank most.
        const by = (least: (year: Year) => number) =>
            customers.toSorted((a, b) => least(byCustomer[a.code]!['2013']!) - least(byCustomer[b.code]!['2013']!))[0];
        for (const one of [by(({ sales }) => -sales), by(({ overdue_days }) => -overdue_days), by(({ growth }) => growth ?? 0)]) {
            await explained(page, company.url, one);
        }

        await ledger.open();
        await ledger.choose(LEDGER);
        await ledger.describe(AS_OF);
        // What was corrected is remembered for these headings.
        await expect(page.getByLabel('金额单位')).toHaveValue('yuan');
        await ledger.check();
        await expect(ledger.stat('未变')).toHaveText('2,466');
        await expect(ledger.stat('新增')).toHaveText('0');
        await ledger.send('2,466');
        await ledger.finished();
        await expect(ledger.stat('未变')).toHaveText('2,466');
        await expect(ledger.stat('重新评级')).toHaveText('0');
    } finally {
        await company.stop();
    }
});

test('the Worker dies while an import is sent, comes back, and the page completes it @desk', async ({ page, enter }) => {
    test.setTimeout(120_000);
    let product: Product = await startProduct({ from: template('company') });
    try {
        await enter(product, 'promotion');
        const ledger = new ImportPage(page, product.url);
        await ledger.open();
        await ledger.choose(LEDGER);
        await page.getByLabel('金额单位').selectOption('元');
        await ledger.describe(AS_OF);
        await ledger.check();

        // Killed while the third chunk is on its way.
        let chunks = 0;
        let down: Promise<void> | undefined;
        await page.route('**/chunks/*', async (route) => {
            chunks += 1;
            if (chunks === 3) down = product.stop(true);
            await route.continue();
        });
        await ledger.send('2,466');
        await expect(page.getByText('连接中断，稍后自动重试')).toBeVisible({ timeout: 30_000 });
        await down;
        const { state, url } = product;
        product = await startProduct({ state, port: Number(new URL(url).port) });
        const goOn = page.getByRole('button', { name: '继续发送' });
        const done = page.getByRole('heading', { name: '导入完成' });
        await expect(goOn.and(page.locator(':enabled')).or(done)).toBeVisible({ timeout: 60_000 });
        // It goes on by itself, unless the pause between its tries has become long.
        if (!(await done.isVisible()) && (await goOn.isVisible())) await goOn.click({ timeout: 5_000 }).catch(() => undefined);
        await ledger.finished();

        const promotion = await Api.signIn(product.url, 'promotion');
        const customers = await promotion.all('/customers?sort=code');
        expect(customers.map((one) => one.code).sort()).toEqual(Object.keys(byCustomer).sort());
        const [last] = (await promotion.get('/imports?limit=1')).items;
        expect(last.counts).toEqual({ new: 2_466, updated: 0, unchanged: 0 });
        expect((await promotion.get('/audit/verify')).intact).toBe(true);
    } finally {
        await product.stop();
    }
});

test('after a reload the same file goes on where it stopped, another one is refused @desk', async ({ page, company, enter }) => {
    await enter(company, 'promotion');
    const lines = Array.from({ length: 420 }, (_, at) => `R-${1000 + at},再续${at}公司,2024,${at + 1}.5,90%`);
    const file = csv('annual.csv', ['客户编号,客户名称,年度,销售总额（万元）,货款回收', ...lines].join('\n'));
    const ledger = new ImportPage(page, company.url);
    await ledger.open();
    await ledger.choose(file);
    await ledger.describe();
    await ledger.check();
    await page.route('**/chunks/1', (route) => route.abort());
    await ledger.send('420');
    await expect(page.getByText('已发送 1 / 3 批')).toBeVisible();
    await page.unroute('**/chunks/1');
    await page.reload();
    await expect(page.getByText('上次的导入没有完成')).toBeVisible();
    await ledger.choose(csv('annual.csv', 'something else'));
    await expect(page.getByRole('alert')).toContainText('不是上次那个文件');
    await ledger.choose(file);
    await ledger.finished();
    await expect(ledger.stat('新增')).toHaveText('420');
    // Of the whole import, not of what was sent since the reload.
    await expect(ledger.stat('新客户')).toHaveText('420');
});
