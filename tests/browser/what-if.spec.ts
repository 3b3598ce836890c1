// The trial on a customer's page: graded here, at once, and never sent.
import { type Locator, type Page } from '@playwright/test';
import { type Api, judged, measured } from './api';
import { customer } from './figures-page';
import { type Product } from './product';
import { expect, test } from './test';

/** Scores 20 + 13 + 13 + 2.50 + 5 + 4 + 4 + 3 = 64.50 by the standard policy: B. */
const FIGURES = {
    annual_sales: measured(300_000_000),
    price_level: measured(9_500),
    collection: measured(8_500),
    potential: measured(500),
    order_planning: judged('B'),
    product_fit: judged('B'),
    communication: judged('B'),
    loyalty: judged('B'),
    credit_rating: judged('A'),
    overdue_days: measured(10),
    cooperation_months: measured(48),
};

class Trial {
    constructor(readonly page: Page) {}

    slider(name: string): Locator {
        return this.page.getByRole('slider', { name });
    }

    get score(): Locator {
        return this.page.locator('.fj-outcome__figure');
    }

    get said(): Locator {
        return this.page.locator('.fj-outcome__text');
    }

    /** The stamp of what it comes to. */
    stamp(tier: string): Locator {
        return this.page.locator('.fj-outcome').getByRole('img').last().and(this.page.getByRole('img', { name: `${tier} 级` }));
    }

    get resetAll(): Locator {
        return this.page.getByRole('button', { name: '全部还原' });
    }
}

/** Opens the trial of a graded customer; what it has is asked of the Worker now and at the end. */
async function open(page: Page, { url }: Product, promotion: Api): Promise<{ trial: Trial; unchanged: () => Promise<void> }> {
    const { id } = await customer(promotion, '试算厂');
    await promotion.put(`/customers/${id}/years/2025/figures`, 0, { values: FIGURES });
    const before = await promotion.get(`/customers/${id}`);
    expect(before.years[0].score).toBe(6_450);
    await page.goto(`${url}/customers/${id}`);
    await page.getByRole('button', { name: '试算', exact: true }).first().click();
    await expect(page).toHaveURL(/whatif=1/);
    const trial = new Trial(page);
    await expect(trial.score).toHaveText('64.50');
    await expect(trial.resetAll).toBeDisabled();
    const unchanged = async () => expect(await promotion.get(`/customers/${id}`)).toEqual(before);
    return { trial, unchanged };
}

/** Everything that is asked for from now on. */
function requests(page: Page): string[] {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
    return asked;
}

test('dragging a slider regrades while it moves, and asks nobody', async ({ page, company, enter }) => {
    const { trial, unchanged } = await open(page, company, await enter(company, 'promotion'));
    const asked = requests(page);
    const slider = trial.slider('货款回收');
    await slider.evaluate((node) => node.scrollIntoView({ block: 'center' }));
    const box = (await slider.boundingBox())!;
    const [at, middle] = [Number(await slider.inputValue()) / Number(await slider.getAttribute('max')), box.y + box.height / 2];
    // The thumb is 22 px wide and stays inside.
    await page.mouse.move(box.x + 11 + at * (box.width - 22), middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, middle, { steps: 12 });
    // 13 of 20 points become 20, before the button is let go.
    await expect(trial.score).toHaveText(/^71\.50 /);
    await expect(trial.said).toHaveText('仍为 B 级');
    await page.mouse.move(box.x + 1, middle, { steps: 12 });
    await expect(trial.score).toHaveText(/^51\.50 /);
    await expect(trial.said).toHaveText('由 B 级降为 C 级');
    await expect(trial.stamp('C')).toBeVisible();
    await page.mouse.up();
    await expect(page.getByRole('region', { name: '等级' }).getByRole('img', { name: /^C 级/ })).toBeVisible();

    await trial.resetAll.click();
    await expect(trial.score).toHaveText('64.50');
    await expect(trial.said).toHaveText('与现在相同：B 级');
    expect(asked).toEqual([]);
    await unchanged();
});

test('the keys move a slider to its ends, each reset puts one back, and a gate holds', async ({ page, company, enter }) => {
    const { trial, unchanged } = await open(page, company, await enter(company, 'promotion'));
    const asked = requests(page);
    await trial.slider('销售总额').focus();
    await page.keyboard.press('End');
    await expect(trial.score).toHaveText(/^74\.50 /);
    await trial.slider('销售价格').focus();
    await page.keyboard.press('End');
    await expect(trial.score).toHaveText(/^81\.50 /);
    await expect(trial.said).toHaveText('由 B 级升为 A 级');

    // A number beside the slider, and a gate: more than 90 days overdue is at most B.
    const overdue = page.getByRole('textbox', { name: /^最长逾期天数/ });
    await overdue.fill('9x');
    await expect(overdue).toHaveAccessibleDescription('请填数字，例如 30');
    await expect(trial.said).toHaveText('由 B 级升为 A 级');
    await overdue.fill('91');
    await expect(overdue).toHaveAccessibleDescription('');
    await expect(trial.said).toHaveText('仍为 B 级');
    await expect(trial.stamp('B')).toBeVisible();
    await expect(page.locator('.fj-gate--fired')).toContainText('最长逾期天数为 91 天，等级由 A 调为 B。');
    await expect(trial.score).toHaveText(/^81\.50 /);
    await overdue.fill('90');
    await expect(trial.said).toHaveText('由 B 级升为 A 级');
    await expect(trial.stamp('A')).toBeVisible();
    await expect(page.getByText('各项限制条件都未触发')).toBeVisible();
    await expect(page.locator('.fj-gate--fired')).toHaveCount(0);

    await page.getByRole('button', { name: '还原销售价格' }).click();
    await expect(trial.score).toHaveText(/^74\.50 /);
    await expect(page.getByRole('button', { name: '还原销售价格' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: '还原销售总额' })).toBeVisible();
    await trial.slider('销售总额').focus();
    await page.keyboard.press('Home');
    await expect(trial.score).toHaveText(/^44\.50 /);
    expect(asked).toEqual([]);

    // It is remembered here alone, offered again, and can be thrown away.
    await page.reload();
    await expect(trial.score).toHaveText(/^44\.50 /);
    await page.getByRole('button', { name: '放弃这些内容' }).click();
    await expect(trial.score).toHaveText('64.50');
    await expect(trial.resetAll).toBeDisabled();
    await unchanged();
});

test('a way up is tried with one press and does what it says', async ({ page, company, enter }) => {
    const { trial } = await open(page, company, await enter(company, 'promotion'));
    await page.getByRole('link', { name: '结束试算' }).click();
    await expect(page).not.toHaveURL(/whatif=1/);
    const ways = page.getByRole('region', { name: '升级路径' });
    const way = ways.locator('.fj-way').first();
    const promised = /得分到 ([\d.]+)/.exec(await way.innerText())?.[1] ?? '';
    expect(Number(promised)).toBeGreaterThanOrEqual(80);
    await way.getByRole('button', { name: '试算' }).click();
    await expect(trial.score).toHaveText(new RegExp(`^${promised} `));
    await expect(trial.said).toHaveText('由 B 级升为 A 级');
});
