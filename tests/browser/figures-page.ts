// The form of a year's figures as a person drives it.
import { type Locator, type Page, expect } from '@playwright/test';
import { type Api } from './api';
import { field } from './test';

let made = 0;

/** A customer of the first section, of whom nothing is known yet. */
export async function customer(promotion: Api, name: string): Promise<{ id: string; name: string }> {
    const { units } = await promotion.get('/directory');
    const unit = units.find((one: { name: string }) => one.name === '销售一科').id;
    const code = `FG-${process.pid}-${(made += 1)}`;
    const { id } = await promotion.post('/customers', { code, name: `${name}${made}`, unit });
    return { id, name: `${name}${made}` };
}

export class FiguresPage {
    constructor(
        readonly page: Page,
        readonly url: string,
        readonly id: string,
        readonly year = 2025,
    ) {}

    async open(): Promise<void> {
        await this.page.goto(`${this.url}/customers/${this.id}/figures?year=${this.year}`);
        await expect(this.page.getByRole('heading', { level: 1, name: '评定数据' })).toBeVisible();
        await expect(this.number('销售总额')).toBeVisible();
    }

    number(name: string): Locator {
        return field(this.page, name);
    }

    /** A level of a judged indicator, or of a fact. */
    level(name: string, level: string): Locator {
        return this.levels(name).getByRole('radio', { name: new RegExp(`^${level}( |$)`) });
    }

    private levels(name: string): Locator {
        return this.page.getByRole('radiogroup', { name: new RegExp(`^${name}`) });
    }

    /** Chooses a level by its face, which lies over the radio button. */
    async judge(name: string, level: string): Promise<void> {
        const key = this.page.getByText(level, { exact: true });
        await this.levels(name).locator('.fj-segmented__option').filter({ has: key }).click();
        await expect(this.level(name, level)).toBeChecked();
    }

    /** Puts a number or a level; a level is told by its letter. */
    put(name: string, value: string): Promise<void> {
        return /^[A-D]+$/.test(value) ? this.judge(name, value) : this.number(name).fill(value);
    }

    /** The score that the foot of the form shows. */
    get score(): Locator {
        return this.page.locator('.fj-outcome__figure');
    }

    get save(): Locator {
        return this.page.getByRole('button', { name: '保存评定' });
    }

    /** Whether the Worker computed what the page had shown. */
    async confirmed(): Promise<void> {
        await expect(this.page.locator('#figures-said')).toContainText('服务器复核一致');
    }

    /** What the Worker has of the year. */
    async stored(api: Api): Promise<any> {
        const { years } = await api.get(`/customers/${this.id}`);
        return years.find((one: { year: number }) => one.year === this.year);
    }
}
