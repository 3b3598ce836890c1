// The product for browser tests: a server of one's own, on a state folder of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** 2026-03-26T02:00:00Z, 10:00 on the second day of the yearly review in China. */
export const NOW = 1_774_490_400_000;

/** The one-time secret of a test server. */
export const SECRET = 'only-for-tests-0123456789';

/** States that are made once per run and copied for each server; see global-setup.ts. */
export const template = (name: 'demo' | 'company') => join(root, 'test-results', `state-${name}`);

/** What a server is started with. */
export interface Wish {
    seed?: 'empty' | 'demo';
    /** A folder whose content it begins with; by default nothing. */
    from?: string;
    /** Whether the folder to work on holds the demo already. */
    demo?: boolean;
    /** A folder to work on and to keep; by default one that goes with the server. */
    state?: string;
    port?: number;
    /** What its clock says, in milliseconds since 1970; `NOW` when left out. */
    now?: number;
}

/** A running server. */
export interface Product {
    url: string;
    state: string;
    /** Whether it began with the demo. */
    demo: boolean;
    /** Ends it; `hard` as a crash would, which leaves the state for the next one. */
    stop(hard?: boolean): Promise<void>;
}

/** Starts the built product with the tests' clock and secret, and waits until it answers. */
export async function startProduct(wish: Wish = {}): Promise<Product> {
    const state = wish.state ?? mkdtempSync(join(tmpdir(), 'fenji-'));
    if (wish.from) cpSync(wish.from, state, { recursive: true });
    const args = ['tools/serve.mjs', '--until-stdin-closes', '--port', String(wish.port ?? 0), '--state', state];
    args.push('--seed', wish.seed ?? 'empty', '--setup-secret', SECRET, '--test-now', String(wish.now ?? NOW));
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
        demo: wish.demo ?? wish.from === template('demo'),
        async stop(hard = false) {
            server.kill(hard ? 'SIGKILL' : 'SIGTERM');
            await ended;
            if (!hard && !wish.state) rmSync(state, { recursive: true, force: true });
        },
    };
}
