// The form of a year's figures: previewed while typing, confirmed by the Worker, and nothing typed
// is ever lost, whoever or whatever comes between.
import { type Page } from '@playwright/test';
import { Api, PASSWORD, judged, measured } from './api';
import { FiguresPage, customer } from './figures-page';
import { expect, field, hold, test } from './test';

/** What is filled in, and the score by hand after each entry: clauses 3.2 and 6.1 of the standard policy. */
const ENTRIES: readonly (readonly [name: string, value: string, score: string])[] = [
    ['销售总额', '1286.4', '30.00'],
    ['销售价格', '98', '47.00'],
    ['货款回收', '92', '64.00'],
    ['发展潜力', '11', '67.50'],
    ['订单计划性', 'A', '75.50'],
    ['产品满足度', 'A', '81.50'],
    ['沟通一致性', 'B', '85.50'],
    ['合作忠诚度与信誉', 'A', '90.50'],
    ['资信等级', 'AA', '90.50'],
    ['最长逾期天数', '30', '90.50'],
    ['合作月数', '48', '90.50'],
];

/** What the Worker is to have of that. */
const STORED = {
    annual_sales: measured(1_286_400_000),
    price_level: measured(9_800),
    collection: measured(9_200),
    potential: measured(1_100),
    order_planning: judged('A'),
    product_fit: judged('A'),
    communication: judged('B'),
    loyalty: judged('A'),
    credit_rating: judged('AA'),
    overdue_days: measured(30),
    cooperation_months: measured(48),
};

/** The figures of a year without who brought them. */
const inputs = (figures: Record<string, { input: unknown }>) =>
    Object.fromEntries(Object.entries(figures).map(([key, { input }]) => [key, input]));

/** The bodies of all saves from now on. */
function saves(page: Page): { values: object; preview: string; reason?: string }[] {
    const sent: { values: object; preview: string; reason?: string }[] = [];
    page.on('request', (request) => {
        if (request.method() === 'PUT' && request.url().endsWith('/figures')) sent.push(request.postDataJSON());
    });
    return sent;
}

test('a year is filled in, graded as it is typed, saved, and confirmed to the byte', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id, name } = await customer(promotion, '初评封头厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    const sent = saves(page);
    const grade = page.getByRole('region', { name: '等级' });
    await expect(grade).toContainText('依据不足，暂不评级');
    for (const [entry, value, score] of ENTRIES) {
        await form.put(entry, value);
        await expect(form.score, entry).toHaveText(new RegExp(`^${score}`));
    }
    await expect(grade.getByRole('img', { name: /^A 级/ })).toBeVisible();
    await expect(page.getByText('浏览器预览，尚未保存 · 改了 11 项')).toBeVisible();
    // A gate is told as soon as it holds, and no longer.
    const gate = page.locator('.fj-gate--fired');
    await form.put('最长逾期天数', '91');
    await expect(gate).toContainText('等级由 A 调为 B');
    await expect(grade.getByRole('img', { name: /^B 级/ }).first()).toBeVisible();
    await form.put('最长逾期天数', '30');
    await expect(gate).toHaveCount(0);
    await expect(page.getByText('各项限制条件都未触发')).toBeVisible();
    expect(sent).toEqual([]);
    expect(await form.stored(promotion)).toBeUndefined();

    await page.getByLabel('更改理由').fill('年度会议评定');
    await form.save.click();
    await form.confirmed();
    await expect(page.getByText('浏览器预览，尚未保存')).toHaveCount(0);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.reason).toBe('年度会议评定');
    const { detail, tier, score } = await form.stored(promotion);
    expect(inputs(detail.figures)).toEqual(STORED);
    expect([tier, score]).toEqual(['A', 9_050]);
    expect(detail.assessment).toEqual(JSON.parse(sent[0]?.preview ?? 'null'));
    // Nothing is open any more.
    await expect(form.save).toBeDisabled();
    await page.reload();
    await expect(form.number('销售总额')).toHaveValue('1286.4');
    await expect(page.getByText('已恢复您上次未保存的内容')).toHaveCount(0);

    await page.getByRole('navigation', { name: '位置' }).getByRole('link', { name }).click();
    await expect(page.getByRole('region', { name: '等级' })).toContainText('90.50');
    await expect(page.getByText('年度会议评定')).toBeVisible();
});

test('of two people the second sees both values, loses nothing, and decides', async ({ page, company, enter, second }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '两人同评厂');
    const mine = new FiguresPage(page, company.url, id);
    const other = await second();
    await enter(company, 'chief', other);
    const theirs = new FiguresPage(await other.newPage(), company.url, id);
    await Promise.all([mine.open(), theirs.open()]);

    await mine.put('销售总额', '300');
    await mine.put('货款回收', '92');
    await mine.put('订单计划性', 'B');
    await mine.page.getByLabel('更改理由').fill('促销科核对');
    await theirs.put('货款回收', '85');
    await theirs.put('订单计划性', 'C');
    await theirs.put('销售价格', '97');
    await theirs.save.click();
    await theirs.confirmed();

    await mine.save.click();
    await expect(page.getByText('别人刚改过这家客户')).toBeInViewport();
    const row = (name: string) => page.locator('#figures-said').getByRole('row').filter({ hasText: name });
    await expect(row('货款回收')).toContainText('92 %');
    await expect(row('货款回收')).toContainText('85 %');
    await expect(row('订单计划性').getByRole('cell')).toContainText(['B', 'C']);
    // Where only one of the two wrote there is nothing to decide.
    await expect(row('销售总额')).toHaveCount(0);
    await expect(mine.number('销售价格')).toHaveValue('97');
    await expect(mine.number('货款回收')).toHaveValue('92');
    await expect(mine.number('销售总额')).toHaveValue('300');
    await expect(mine.level('订单计划性', 'B')).toBeChecked();
    await expect(page.getByLabel('更改理由')).toHaveValue('促销科核对');
    expect(inputs((await mine.stored(promotion)).detail.figures)).toEqual({
        collection: measured(8_500),
        order_planning: judged('C'),
        price_level: measured(9_700),
    });

    await row('订单计划性').getByRole('button', { name: '用对方的' }).click();
    await expect(mine.level('订单计划性', 'C')).toBeChecked();
    await expect(row('订单计划性')).toHaveCount(0);
    await page.getByRole('button', { name: '以我的为准，保存' }).click();
    await mine.confirmed();
    expect(inputs((await mine.stored(promotion)).detail.figures)).toEqual({
        annual_sales: measured(300_000_000),
        collection: measured(9_200),
        order_planning: judged('C'),
        price_level: measured(9_700),
    });
});

test('two saves at the same moment: one is kept, the other is told', async ({ page, company, enter, second }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '同时保存厂');
    const other = await second();
    await enter(company, 'chief', other);
    const forms = [new FiguresPage(page, company.url, id), new FiguresPage(await other.newPage(), company.url, id)];
    await Promise.all(forms.map((form) => form.open()));
    await Promise.all(forms.map((form, at) => form.put('货款回收', String(80 + at))));
    await Promise.all(forms.map((form) => form.save.click()));
    const said = () => Promise.all(forms.map((form) => form.page.locator('#figures-said').innerText()));
    await expect.poll(async () => (await said()).filter((text) => text.includes('服务器复核一致')).length).toBe(1);
    await expect.poll(async () => (await said()).filter((text) => text.includes('别人刚改过这家客户')).length).toBe(1);
    const kept = (await said()).findIndex((text) => text.includes('服务器复核一致'));
    const { version, detail } = await forms[0]!.stored(promotion);
    expect([version, detail.figures.collection.input]).toEqual([1, measured(8_000 + 100 * kept)]);
    await expect(forms[1 - kept]!.number('货款回收')).toHaveValue(String(81 - kept));
});

test('a session that ends half-way: signing in over the page, then the save goes through', async ({ page, company, enter }, { project }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '登录过期厂');
    const login = `half-way-${project.name}`;
    const admin = await Api.signIn(company.url, 'admin');
    await admin.hire(login, '半途', 'promotion');
    await page.context().clearCookies();
    const own = await enter(company, login);
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    await form.put('销售总额', '640');
    await form.put('合作忠诚度与信誉', 'B');
    expect((await own.raw('DELETE', '/sessions')).ok).toBe(true);

    await form.save.click();
    const dialog = page.getByRole('dialog', { name: '请重新登录' });
    await expect(field(dialog, '登录名')).toHaveValue(login);
    await field(dialog, '密码').fill('not the password');
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('登录名或密码不正确');
    await expect(form.number('销售总额')).toHaveValue('640');
    await field(dialog, '密码').fill(PASSWORD);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await form.confirmed();
    await expect(form.number('销售总额')).toHaveValue('640');
    expect(inputs((await form.stored(promotion)).detail.figures)).toEqual({ annual_sales: measured(640_000_000), loyalty: judged('B') });
});

test('without a network the entry stays and is saved when it is back', async ({ page, context, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '断网厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    await form.put('销售总额', '88.5');
    await form.put('产品满足度', 'C');
    await context.setOffline(true);
    await form.save.click();
    await expect(page.getByRole('alert')).toContainText('连不上服务器，填的内容已留在本机');
    await expect(form.number('销售总额')).toHaveValue('88.5');
    await expect(form.level('产品满足度', 'C')).toBeChecked();
    await expect(form.save).toBeEnabled();
    await context.setOffline(false);
    await form.save.click();
    await form.confirmed();
    expect(inputs((await form.stored(promotion)).detail.figures)).toEqual({ annual_sales: measured(88_500_000), product_fit: judged('C') });
});

test('what is typed while a year is being saved stays', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '边存边填厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    await form.put('销售价格', '9');
    await page.getByLabel('更改理由').fill('初评');
    const answer = await hold(page, '**/figures', 'PUT');
    await form.save.click();
    await form.put('销售价格', '8');
    answer();
    await form.confirmed();
    expect(inputs((await form.stored(promotion)).detail.figures)).toEqual({ price_level: measured(900) });
    await expect(form.number('销售价格')).toHaveValue('8');
    await page.reload();
    await expect(form.number('销售价格')).toHaveValue('8');
    await form.save.click();
    await form.confirmed();
    expect(inputs((await form.stored(promotion)).detail.figures)).toEqual({ price_level: measured(800) });
});

test('what was typed before a reload is offered again, and can be thrown away', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '重新打开厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    await form.put('销售价格', '9');
    await form.put('沟通一致性', 'C');
    await page.getByLabel('更改理由').fill('还没写完');
    await page.reload();
    const restored = page.getByText('已恢复您上次未保存的内容');
    await expect(restored).toBeVisible();
    await expect(form.number('销售价格')).toHaveValue('9');
    await expect(form.level('沟通一致性', 'C')).toBeChecked();
    await expect(page.getByLabel('更改理由')).toHaveValue('还没写完');
    // Another customer's form knows nothing of it.
    const other = new FiguresPage(page, company.url, (await customer(promotion, '另一家厂')).id);
    await other.open();
    await expect(other.number('销售价格')).toHaveValue('');
    await expect(restored).toHaveCount(0);

    await form.open();
    await page.getByRole('button', { name: '放弃这些内容' }).click();
    await expect(restored).toHaveCount(0);
    await expect(form.number('销售价格')).toHaveValue('');
    await expect(form.level('沟通一致性', '—')).toBeChecked();
    await expect(page.getByLabel('更改理由')).toHaveValue('');
    await page.reload();
    await expect(form.number('销售价格')).toHaveValue('');
    await expect(restored).toHaveCount(0);
});

test('what cannot be read is said at its field, and nothing is sent', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '填错厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    const sent = saves(page);
    const wrong = [
        ['销售总额', '一百', '请填数字，例如 1286.4'],
        ['销售总额', '1.2345678', '最多 6 位小数'],
        ['货款回收', '99999999999999999999', '数字太大'],
        ['货款回收', '85.123', '最多 2 位小数'],
        ['最长逾期天数', '3.5', '请填整数'],
    ] as const;
    for (const [name, value, reason] of wrong) {
        const input = form.number(name);
        await input.fill(value);
        await expect(input, value).toHaveAttribute('aria-invalid', 'true');
        await expect(input, value).toHaveAccessibleDescription(new RegExp(reason));
        await expect(page.getByText('有 1 项填得不对')).toBeVisible();
        await expect(form.save).toBeDisabled();
        await input.press('Enter');
        await input.fill('');
        await expect(input, value).not.toHaveAttribute('aria-invalid', 'true');
    }
    expect(sent).toEqual([]);
    expect(await form.stored(promotion)).toBeUndefined();
});

test('a number that no figure can be is refused at its field, with the range, before anything is sent', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '超出范围厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    await form.put('最长逾期天数', '-5');
    await form.put('销售总额', '320');
    await expect(form.number('最长逾期天数')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.number('最长逾期天数')).toHaveAccessibleDescription(/应在 0 天到 36,500 天之间/);
    await form.put('销售价格', '9999999');
    await expect(form.number('销售价格')).toHaveAccessibleDescription(/应在 −1,000 % ?到 100,000 % ?之间/);
    await expect(form.save).toBeDisabled();
    await expect(page.locator('.fj-outcome__text')).toHaveText('有 2 项填得不对');
    expect(await form.stored(promotion)).toBeUndefined();

    // The Worker holds it to the same range, by the same rule.
    const values = { overdue_days: { state: 'measured', value: -5 } };
    const answer = await promotion.raw('PUT', `/customers/${id}/years/2025/figures`, { values }, { 'if-match': '"v0"' });
    expect(answer.status).toBe(422);
    expect((await answer.json()).fields).toEqual([{ field: 'values.overdue_days', expected: 'must be from 0 to 36500', code: 'range' }]);

    await form.put('最长逾期天数', '5');
    await form.put('销售价格', '97');
    await form.save.click();
    await form.confirmed();
});

test('the keyboard alone fills in a year and saves it', async ({ page, company, enter }) => {
    const promotion = await enter(company, 'promotion');
    const { id } = await customer(promotion, '键盘厂');
    const form = new FiguresPage(page, company.url, id);
    await form.open();
    /** Goes on by Tab until this has the focus. */
    const reach = async (selector: string): Promise<void> => {
        const there = () => page.evaluate((selector) => !!document.activeElement?.matches(selector), selector);
        for (let presses = 0; presses < 60 && !(await there()); presses += 1) await page.keyboard.press('Tab');
        expect(await there(), selector).toBe(true);
        // Whatever has the focus is in sight, not under the bars.
        const covered = await page.evaluate(() => {
            const node = document.activeElement?.closest('label') ?? document.activeElement!;
            const { x, y, width, height } = node.getBoundingClientRect();
            const top = document.elementFromPoint(x + width / 2, y + height / 2);
            return top && (node.contains(top) || top.contains(node)) ? '' : `${node.outerHTML.slice(0, 120)} under ${top?.className}`;
        });
        expect(covered).toBe('');
    };
    const type = async (key: string, text: string): Promise<void> => {
        await reach(`#f-${key}-n`);
        await page.keyboard.type(text);
    };
    const judge = async (key: string, name: string, level: string): Promise<void> => {
        await reach(`[name=f-${key}]`);
        for (let presses = 0; presses < 8 && !(await form.level(name, level).isChecked()); presses += 1) await page.keyboard.press('ArrowDown');
    };
    await type('annual_sales', '1286.4');
    await type('price_level', '98');
    await type('collection', '92');
    await type('potential', '11');
    await judge('order_planning', '订单计划性', 'A');
    await judge('product_fit', '产品满足度', 'A');
    await judge('communication', '沟通一致性', 'B');
    await judge('loyalty', '合作忠诚度与信誉', 'A');
    await judge('credit_rating', '资信等级', 'AA');
    await type('overdue_days', '30');
    await type('cooperation_months', '48');
    await reach('#reason');
    await page.keyboard.type('键盘填写');
    await reach('button[type=submit]');
    await page.keyboard.press('Enter');
    await form.confirmed();
    const { detail, tier } = await form.stored(promotion);
    expect([inputs(detail.figures), tier]).toEqual([STORED, 'A']);
});
