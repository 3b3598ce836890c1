// The product for browser tests: a server of one's own with a fresh state.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a server is started with. */
export interface Wish {
    seed?: 'empty' | 'demo';
    /** A folder to keep; by default one that goes with the server. */
    state?: string;
    port?: number;
    setupSecret?: string;
    /** The Worker's clock, in milliseconds since 1970; by default it runs. */
    now?: number;
}

/** A running server. */
export interface Product {
    url: string;
    state: string;
    /** Ends it; `hard` as a crash would. */
    stop(hard?: boolean): Promise<void>;
}

/** Starts the built product and waits until it answers. */
export async function startProduct(wish: Wish = {}): Promise<Product> {
    const state = wish.state ?? mkdtempSync(join(tmpdir(), 'fenji-'));
    const args = ['tools/serve.mjs', '--until-stdin-closes', '--port', String(wish.port ?? 0), '--state', state];
    args.push('--seed', wish.seed ?? 'empty');
    if (wish.setupSecret) args.push('--setup-secret', wish.setupSecret);
    if (wish.now !== undefined) args.push('--test-now', String(wish.now));
    const server = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    server.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));

    const url = await new Promise<string>((resolve, reject) => {
        createInterface(server.stdout).on('line', (line) => {
            if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
        });
        void ended.then(() => reject(new Error(`the server ended before it was ready:\n${said}`)));
    });
    return {
        url,
        state,
        async stop(hard = false) {
            server.kill(hard ? 'SIGKILL' : 'SIGTERM');
            await ended;
            if (!wish.state) rmSync(state, { recursive: true, force: true });
        },
    };
}
