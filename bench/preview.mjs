// What a rep waits for: from the move of a slider to the painted new grade, in the product's page in
// Chromium with the CPU slowed down four times; in turn with it the same slider by itself, which is set,
// and nobody hears of it. preview.mjs MOVES
import { mkdtempSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const SLOWDOWN = 4;
const moves = Number(process.argv[2]);
const root = fileURLToPath(new URL('..', import.meta.url));
const state = mkdtempSync(join(tmpdir(), 'fenji-bench-'));
const server = spawn(process.execPath, ['tools/serve.mjs', '--until-stdin-closes', '--port', '0', '--state', state, '--seed', 'demo'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
const url = await new Promise((ready, failed) => {
    createInterface(server.stdout).on('line', (line) => line.startsWith('ready ') && ready(line.slice('ready '.length)));
    server.once('close', () => failed(new Error('the server ended before it was ready')));
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    await page.goto(`${url}/customers`);
    await page.getByRole('textbox', { name: /^登录名/ }).fill('promotion');
    await page.getByRole('textbox', { name: /^密码/ }).fill('fenji-demo-2026');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.locator('.fj-row').first().waitFor();
    await page.goto(`${url}/customers?tier=B`);
    await page.locator('.fj-row__link').first().click();
    await page.locator('.fj-indicator').first().waitFor();
    await page.goto(`${page.url().split('?')[0]}?whatif=1`);
    await page.getByRole('slider').first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    const painted = await page.evaluate(async (moves) => {
        const slider = document.querySelector('input[type=range]');
        const grade = () => document.querySelector('.fj-outcome').innerText;
        // What has heard of a move for certain: within a band the grade stands still.
        const number = slider.closest('.fj-slider').querySelector('.fj-input--number');
        const [low, high] = [Number(slider.min), Number(slider.max)];
        const frame = () => new Promise((next) => requestAnimationFrame(next));
        const to = (step) => (slider.value = String(low + ((high - low) * (step % 20)) / 20));
        const moved = (step) => {
            to(step);
            slider.dispatchEvent(new Event('input', { bubbles: true }));
        };
        const timed = async (move) => {
            await frame();
            // Input arrives at the start of a frame; the message is handled once that frame is painted, and
            // before whatever the move puts off.
            return await new Promise((done) => requestAnimationFrame(() => {
                const began = performance.now();
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => done(performance.now() - began);
                port2.postMessage(null);
                move();
            }));
        };
        const times = { ours_ms: [], alone_ms: [] };
        const grades = new Set();
        for (let step = 0; step < moves; step += 1) {
            times.alone_ms.push(await timed(() => to(step + 10)));
            const before = number.value;
            times.ours_ms.push(await timed(() => moved(step)));
            const painted = grade();
            await frame();
            await frame();
            if (number.value === before) throw new Error(`move ${step} was not heard of`);
            if (grade() !== painted) throw new Error(`move ${step} was painted as ${painted}, and is ${grade()}`);
            grades.add(painted);
        }
        if (grades.size < 5) throw new Error(`only ${grades.size} grades were seen`);
        return times;
    }, moves);
    // Without the first moves, which warm the page up.
    const warm = Object.fromEntries(Object.entries(painted).map(([name, times]) => [name, times.slice(10)]));
    console.log(JSON.stringify({ name: `input to painted frame, CPU ${SLOWDOWN} times slower`, ...warm }));
} finally {
    await browser.close();
    server.stdin.end();
    server.kill();
    rmSync(state, { recursive: true, force: true });
}
