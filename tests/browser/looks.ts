// What can be told of a page by looking: what axe finds, what is wider than the screen, what is
// too small for a thumb, what is left in Chinese.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { type Api } from './api';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The least side of what a thumb presses, in CSS pixels. */
const THUMB = 44;

/**
 * Lets go of the bars that stay in sight while the page is scrolled, or holds them again: what one of them
 * covers can be scrolled from under it.
 */
function letBarsGo(page: Page, go: boolean): Promise<void> {
    return page.evaluate((go) => {
        const stays = (one: HTMLElement) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && !one.matches('dialog');
        for (const one of document.querySelectorAll<HTMLElement>('body *')) {
            if (go && stays(one)) {
                one.style.position = 'static';
                one.dataset.stays = '';
            } else if (!go && 'stays' in one.dataset) {
                one.style.position = '';
                delete one.dataset.stays;
            }
        }
    }, go);
}

/** Until what was changed last, such as the colours of the dark, is wholly drawn. */
function drawn(page: Page): Promise<void> {
    return page.evaluate(async () => {
        const frame = () => new Promise((next) => requestAnimationFrame(next));
        const settled = async () => {
            await frame();
            await Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished));
            await frame();
        };
        // Nothing here moves for so long, and what is held still never ends.
        await Promise.race([settled(), new Promise((late) => setTimeout(late, 3_000))]);
    });
}

/** What axe finds, short enough to read; of the colours alone where nothing else has changed. */
export async function flaws(page: Page, colours: 'colours' | 'all' = 'all'): Promise<string[]> {
    await letBarsGo(page, true);
    await drawn(page);
    // No page has frames: one look will do, without a second page to gather what several found.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colours === 'all' ? axe.withTags(TAGS) : axe.withRules(['color-contrast'])).analyze();
    await letBarsGo(page, false);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** By how many pixels the page is wider than the screen. */
export function overflow(page: Page): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * What can be pressed and takes less than a thumb, by its box or, where it reaches farther than
 * that, by what answers around its middle. A link within a text is as high as its line.
 */
export function small(page: Page): Promise<string[]> {
    return page.evaluate((thumb) => {
        const found: string[] = [];
        const pressed = 'a[href], button, input, select, textarea, summary, [role=menuitem], [role=tab]';
        const dialog = document.querySelector('dialog[open]');
        for (const node of (dialog ?? document).querySelectorAll<HTMLElement>(pressed)) {
            // A choice is pressed by its label, a file by the field around it.
            const target = node.matches('input[type=radio], input[type=checkbox], input[type=file]') ? (node.closest('label') ?? node) : node;
            if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || target.matches('.fj-skip, :disabled')) continue;
            if (getComputedStyle(target).display === 'inline' && target.closest('p, dd, li, td')?.textContent?.trim() !== target.textContent?.trim()) continue;
            target.scrollIntoView({ block: 'center', inline: 'center' });
            const { x, y, width, height } = target.getBoundingClientRect();
            const [middle, centre] = [x + width / 2, y + height / 2];
            const answers = (dx: number, dy: number) => {
                const hit = document.elementFromPoint(middle + dx, centre + dy);
                return !!hit && (target.contains(hit) || hit.closest(pressed) === target);
            };
            const half = thumb / 2 - 0.5;
            const wide = width >= thumb - 0.5 || (answers(-half, 0) && answers(half, 0));
            const high = height >= thumb - 0.5 || (answers(0, -half) && answers(0, half));
            if (!wide || !high) {
                found.push(`${target.tagName.toLowerCase()}.${target.className} "${target.innerText.trim().slice(0, 20)}" ${Math.round(width)}×${Math.round(height)}`);
            }
        }
        window.scrollTo(0, 0);
        return [...new Set(found)];
    }, THUMB);
}

/** Texts with Chinese characters in them, on the page or read out, that are no data. */
export async function chinese(page: Page, data: string[]): Promise<string[]> {
    const texts = await page.evaluate(() => {
        const found: string[] = [];
        const walk = (node: Node): void => {
            if (node instanceof Element) {
                if (node.matches('[lang^=zh], script, style') || !node.checkVisibility()) return;
                for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(node.getAttribute(name) ?? '');
            } else if (node instanceof Text) found.push(node.data);
            node.childNodes.forEach(walk);
        };
        walk(document.body);
        found.push(document.title);
        return found;
    });
    return texts
        .map((text) => data.reduce((rest, name) => rest.replaceAll(name, ''), text).trim())
        .filter((text) => /\p{Script=Han}/u.test(text));
}

/** Every name that people gave to something. */
export async function names(admin: Api, reader: Api | undefined): Promise<string[]> {
    const { units } = await admin.get('/directory');
    const users = await admin.all('/users');
    const customers = reader ? await reader.all('/customers') : [];
    const imported = reader && (await reader.get('/session')).role === 'promotion' ? (await reader.get('/imports?limit=50')).items : [];
    const imports = imported.map((one: { file_name: string }) => ({ name: one.file_name }));
    const all = [...units, ...users, ...customers, ...imports].map((one: { name: string }) => one.name);
    return all.sort((one: string, other: string) => other.length - one.length);
}
