// The book at a glance: its numbers are those of the list, each opens the rows behind it, and its pictures show
// what their tables say.
import { type Locator, type Page } from '@playwright/test';
import { reviewed } from './meeting-sheets';
import { pages } from './pdf';
import { expect, test } from './test';

const digits = (text: string) => Number(text.replace(/\D/g, ''));

const moved = (page: Page) => page.getByRole('region', { name: '去年到今年' });
const concentrated = (page: Page) => page.getByRole('region', { name: '销售额集中在哪里' });

/** Where a picture has the colour of a token, in the left half: a place in CSS pixels, or nothing. */
function coloured(picture: Locator, token: string): Promise<{ x: number; y: number } | undefined> {
    return picture.locator('canvas').evaluate((canvas: HTMLCanvasElement, token) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
        const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
        const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        // Well within: the pixels around a place that is found have the colour, too.
        const is = (x: number, y: number) => wanted.every((value, at) => data[(y * width + x) * 4 + at] === value);
        for (let y = 2; y < height - 2; y += 1) {
            for (let x = 2; x < width / 2; x += 1) {
                if (is(x - 1, y - 1) && is(x + 1, y + 1)) return { x: (x * canvas.clientWidth) / width, y: (y * canvas.clientHeight) / height };
            }
        }
        return undefined;
    }, token);
}

test('each number opens the customers behind it', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const all = await promotion.all('/customers');
    await page.goto(`${demo.url}/dashboard`);
    const moves = page.getByRole('region', { name: '去年到今年' });
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(all.length.toLocaleString('en-US'));
    const fallen = moves.getByRole('link', { name: /由A到B/ });
    const many = digits(await fallen.innerText());
    expect(many).toBe(all.filter((one) => one.previous_tier === 'A' && one.tier === 'B').length);
    await fallen.click();
    await expect(page.getByRole('button', { name: /原为 A 级/ })).toBeVisible();
    await expect(page.locator('.fj-row')).toHaveCount(Math.min(many, 50));
    await page.goBack();
    // A unit is chosen in the address, and everything follows.
    const unit = (await promotion.get('/directory')).units.find((one: { name: string }) => one.name === '云泽代表处');
    await page.getByLabel('单位', { exact: true }).selectOption({ label: '云泽代表处' });
    await expect(page).toHaveURL(new RegExp(`unit=${unit.id}`));
    const own = all.filter((one) => one.unit === unit.id);
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(String(own.length));
    const tiers = page.getByRole('region', { name: '各等级的客户与销售额' });
    await expect(tiers.getByRole('row', { name: /B 级/ }).getByRole('cell').first()).toHaveText(String(own.filter((one) => one.tier === 'B').length));
});

test('who moved up and who has no grade are lists', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const all = await promotion.all('/customers');
    const rank = (tier: string) => 'ABC'.indexOf(tier);
    const up = all.filter((one) => one.previous_tier && one.tier && rank(one.tier) < rank(one.previous_tier)).length;
    await page.goto(`${demo.url}/dashboard`);
    const stat = (label: string) => page.locator('.fj-stat').filter({ has: page.getByText(label, { exact: true }) }).getByRole('link');
    await expect(stat('未评级')).toHaveText(String(all.filter((one) => !one.tier).length));
    await stat('升级').click();
    await expect(page).toHaveURL(/\/customers\?moved=up$/);
    await expect(page.locator('.fj-row')).toHaveCount(Math.min(up, 50));
    await page.getByRole('button', { name: /升级/ }).click();
    await expect(page).toHaveURL(/\/customers$/);
});

test('what the data lacks opens who lacks it', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const { lacks } = await promotion.get('/dashboard');
    expect(lacks.length).toBeGreaterThan(0);
    const { policy } = await promotion.get('/policies/current');
    const name = (key: string) => policy.indicators.find((one: { key: string }) => one.key === key).name.zh;
    await page.goto(`${demo.url}/dashboard`);
    const panel = page.getByRole('region', { name: '各指标缺数据的客户' });
    await expect(panel.getByRole('row')).toHaveCount(policy.indicators.length + 1);
    for (const { indicator, customers } of lacks) {
        await expect(panel.getByRole('row', { name: new RegExp(`^${name(indicator)}`) }).getByRole('link')).toHaveText(String(customers));
    }
    const [{ indicator, customers }] = lacks;
    await panel.getByRole('row', { name: new RegExp(`^${name(indicator)}`) }).getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`lacks=${indicator}$`));
    await expect(page.locator('.fj-row')).toHaveCount(Math.min(customers, 50));
    await page.getByRole('button', { name: new RegExp(`缺${name(indicator)}`) }).click();
    await expect(page).toHaveURL(/\/customers$/);
});

test('a chief sees the own unit, a rep is not offered it', async ({ page, demo, enter, browser }) => {
    const chief = await enter(demo, 'chief1');
    const own = await chief.all('/customers');
    await page.goto(`${demo.url}/dashboard`);
    const moves = page.getByRole('region', { name: '去年到今年' });
    await expect(moves.getByRole('row').last().getByRole('cell').last()).toHaveText(String(own.length));
    await expect(page.getByLabel('单位', { exact: true })).toHaveCount(0);
    const context = await browser.newContext({ locale: 'zh-CN' });
    await enter(demo, 'lixiaomei', context);
    const rep = await context.newPage();
    await rep.goto(`${demo.url}/dashboard`);
    await expect(rep.getByText('您的岗位不能查看这一页')).toBeVisible();
    await expect(rep.getByRole('link', { name: '概览' })).toHaveCount(0);
    await context.close();
});

test('the flow shows who moved and opens them', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const all = await promotion.all('/customers');
    await page.goto(`${demo.url}/dashboard`);
    const rank = (tier: string) => 'ABC'.indexOf(tier);
    const both = all.filter((one) => one.previous_tier && one.tier);
    const up = both.filter((one) => rank(one.tier) < rank(one.previous_tier)).length;
    const same = both.filter((one) => one.tier === one.previous_tier).length;
    const flow = moved(page).getByRole('img', { name: new RegExp(`升级 ${up} 家.*不变 ${same} 家`) });
    await expect(flow.locator('canvas')).toBeVisible();
    await expect(moved(page).getByRole('table', { name: '由原等级到现等级的客户数' })).toBeVisible();
    const place = await coloured(flow, '--tier-1');
    expect(place, 'the best tier is drawn').toBeDefined();
    await flow.locator('canvas').click({ position: place! });
    await expect(page).toHaveURL(/\/customers\?previous=A$/);
    const many = all.filter((one) => one.previous_tier === 'A').length;
    await expect(page.locator('.fj-row')).toHaveCount(Math.min(many, 50));
});

test('the curve and its table say the same, and the table stays when no picture comes', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const sold = (await promotion.get('/dashboard')).sizes.reduce((sum: number, size: { customers: number }) => sum + size.customers, 0);
    await page.route('**/assets/charts*', (route) => route.abort());
    await page.goto(`${demo.url}/dashboard`);
    const table = concentrated(page).getByRole('table', { name: '由最大的客户起累计的客户与销售额' });
    await expect(table).toBeVisible();
    await expect(table.getByRole('row').last()).toContainText(`${sold}100.00 %`);
    await page.unroute('**/assets/charts*');
    await expect(page.getByText('图没有加载成功')).toHaveCount(2);
    await concentrated(page).getByRole('button', { name: '重试' }).click();
    const curve = concentrated(page).getByRole('img', { name: /^最大的 .+ 家（占客户 .+ %）贡献销售额的 8\d/ });
    await expect(curve.locator('canvas')).toBeVisible();
    await expect(table).toBeHidden();
    expect(await coloured(curve, '--link'), 'the curve is drawn').toBeDefined();
    await concentrated(page).getByRole('button', { name: '表格' }).click();
    await expect(table).toBeVisible();
    await expect(curve).toBeHidden();
    await concentrated(page).getByRole('button', { name: '图', exact: true }).click();
    await expect(curve.locator('canvas')).toBeVisible();
});

test('pictures follow the appearance, and are light and whole on paper @desk', async ({ page, demo, enter }) => {
    await enter(demo, 'promotion');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`${demo.url}/dashboard`);
    const flow = moved(page).locator('.fj-chart__picture');
    await expect(flow.locator('canvas')).toBeVisible();
    const drawn = () => coloured(flow, '--tier-1');
    await expect.poll(drawn).toBeDefined();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(drawn).toBeDefined();
    // A4 less its margins, at 96 pixels to the inch.
    await page.setViewportSize({ width: 688, height: 1016 });
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await expect.poll(drawn, 'in the colours of paper').toBeDefined();
    for (const canvas of await page.locator('canvas').all()) {
        const box = (await canvas.boundingBox())!;
        expect(box.x >= 0 && box.x + box.width <= 688 && box.width > 500, 'as wide as the sheet').toBe(true);
    }
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const text = pages(pdf).join('');
    expect(text, 'the nodes of the flow').toMatch(/A·\d+/);
    expect(text, 'the marks of the curve').toMatch(/50%:\d+家/);
    await page.emulateMedia({ colorScheme: 'dark', media: 'screen' });
    await expect.poll(drawn, 'on the screen as before').toBeDefined();
});

test('the review that is open is told by unit, and so is what is overdue', async ({ page, demo, enter }) => {
    const promotion = await enter(demo, 'promotion');
    const cycle = await reviewed(promotion);
    const unit = (await promotion.get('/directory')).units.find((one: { name: string }) => one.name === '云泽代表处');
    const { tally, units } = await promotion.get(`/reviews/${cycle}`);
    await page.goto(`${demo.url}/dashboard`);
    const review = page.getByRole('region', { name: '评审进度' });
    await expect(review).toContainText('还剩 4 天');
    const total = Object.values(tally as Record<string, number>).reduce((sum, forms) => sum + forms, 0);
    await expect(review).toContainText(`已交 ${total - tally.drafts} / ${total}`);
    await expect(review.getByRole('row')).toHaveCount(units.length + 2);
    const late = page.getByRole('region', { name: '已逾期' });
    const looks = late.getByRole('row', { name: /2025 年第 4 季度分析未完成/ });
    await expect(looks).toContainText('2026-02-01');
    await expect(looks.getByRole('link')).toHaveCount(units.length);

    await page.getByLabel('单位', { exact: true }).selectOption({ label: '云泽代表处' });
    await expect(review.getByRole('row')).toHaveCount(2);
    await expect(review.getByRole('link', { name: '云泽代表处' })).toHaveAttribute('href', `/reviews/${cycle}/forms?unit=${unit.id}`);
    await expect(looks.getByRole('link')).toHaveCount(1);
    await looks.getByRole('link').click();
    await expect(page).toHaveURL(`${demo.url}/quarters?quarter=2025Q4&unit=${unit.id}`);
});
