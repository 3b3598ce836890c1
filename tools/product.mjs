// The built product in workerd: one port, one folder of state.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** The build to run: FENJI_PROFILE, or else the one built last. */
export function profile() {
    const built = (name) => statSync(join(root, 'build', name, 'built'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const chosen = process.env.FENJI_PROFILE ?? (built('debug') > built('release') ? 'debug' : 'release');
    if (!built(chosen)) throw new Error(`there is no ${chosen} build: run tools/build.sh ${chosen}`);
    return chosen;
}

/** The one-time set-up secret of a state folder, made on first use. */
export function setupSecret(state, given) {
    const file = join(state, 'setup-secret');
    mkdirSync(state, { recursive: true });
    if (given) writeFileSync(file, given, { mode: 0o600 });
    else if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    return readFileSync(file, 'utf8').trim();
}

/**
 * Applies the migrations that the database has not had, keeping wrangler's own list of them. It runs in
 * workerd, beside the Worker: asked from out here, each statement would hold this thread on a lock that is
 * lost now and then when the machine is busy.
 */
const MIGRATE = `
const LIST = \`CREATE TABLE IF NOT EXISTS d1_migrations(
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)\`;
export default {
    async fetch(request, { DB: db, MIGRATIONS: migrations }) {
        await db.prepare(LIST).run();
        const { results } = await db.prepare('SELECT name FROM d1_migrations').all();
        const applied = new Set(results.map(({ name }) => name));
        for (const { name, statements } of migrations.filter((one) => !applied.has(one.name))) {
            // Each is whole or absent: a batch is one transaction.
            await db.batch([
                ...statements.map((sql) => db.prepare(sql)),
                db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
            ]);
        }
        return new Response('applied');
    },
};`;

/**
 * Starts workerd and answers once /api/v1/health does.
 * `vars` are added to the Worker's variables; `port` 0 takes a free one. Files of the page that are
 * `withheld` are not there. `beside` is the script of another Worker on the same database, which only this process
 * reaches, by what is answered under that name.
 */
export async function start({ port, host = '127.0.0.1', state, vars, withheld = [], beside }) {
    // Before miniflare is loaded: it reads the path of workerd from here.
    process.env.FENJI_WORKERD ??= require('workerd').default;
    process.env.MINIFLARE_WORKERD_PATH = join(root, 'tools/workerd.sh');
    const { Log, LogLevel, Miniflare } = await import('miniflare');
    const build = profile();

    const read = (name) => JSON.parse(readFileSync(join(root, 'build', build, name), 'utf8'));

    // Where migrations are applied, and the other Worker is: no name ends so, and only this process knows it.
    const secretName = () => `${randomBytes(16).toString('hex')}.invalid`;
    const [migrations, besides] = [secretName(), secretName()];
    const options = (onPort) => {
        const worker = read('options.json');
        // The Worker knows no such path.
        worker.assets.routerConfig.static_routing.user_worker.push(...withheld);
        const { d1Databases, compatibilityDate } = worker;
        return {
            workers: [
                { ...worker, bindings: { ...worker.bindings, ...vars } },
                {
                    name: 'migrations',
                    modules: true,
                    script: MIGRATE,
                    compatibilityDate,
                    d1Databases,
                    bindings: { MIGRATIONS: read('migrations.json') },
                    routes: [`${migrations}/*`],
                },
                ...(beside
                    ? [{ name: 'beside', modules: true, script: beside, compatibilityDate, d1Databases, routes: [`${besides}/*`] }]
                    : []),
            ],
            host,
            port: onPort,
            cf: false,
            log: new Log(LogLevel.ERROR),
            // Where `wrangler d1 … --local --persist-to` looks as well.
            d1Persist: join(state, 'v3/d1'),
            // Standard output is for the line that says ready.
            handleRuntimeStdio(out, err) {
                out.pipe(process.stderr);
                err.pipe(process.stderr);
            },
        };
    };
    const server = new Miniflare(options(port));
    const url = (await server.ready).origin;
    const settle = async () => {
        const applied = await server.dispatchFetch(`http://${migrations}/`);
        if (!applied.ok) throw new Error(`migrations: ${await applied.text()}`);
        await healthy(url);
    };
    await settle();
    // What `triggers` in wrangler.toml makes of it in the cloud. A test whose clock stands says when.
    const tick = async (time = Date.now()) => {
        const worker = await server.getWorker();
        const { outcome } = await worker.scheduled({ scheduledTime: new Date(time), cron: '* * * * *' });
        if (outcome !== 'ok') throw new Error(outcome);
    };
    const failed = (error) => process.stderr.write(`scheduled: ${error.message}\n`);
    const clock = vars.TEST_NOW === undefined && setInterval(() => tick().catch(failed), 60_000);
    return {
        url,
        tick,
        profile: build,
        beside: (body) => server.dispatchFetch(`http://${besides}/`, { method: 'POST', body }),
        async reload() {
            await server.setOptions(options(Number(new URL(url).port)));
            await settle();
        },
        stop() {
            clearInterval(clock);
            return server.dispose();
        },
    };
}

async function healthy(url) {
    let last = 'no answer';
    for (let attempt = 0; attempt < 100; attempt += 1) {
        try {
            const answer = await fetch(`${url}/api/v1/health`);
            if (answer.ok) return;
            last = `${answer.status} ${await answer.text()}`;
        } catch (error) {
            last = String(error);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`/api/v1/health does not answer: ${last}`);
}

/**
 * Makes a state folder ready for demo data, before the server starts on it.
 * Half-loaded demo data is thrown away; data of another origin is refused.
 */
export function prepareDemo(state) {
    if (existsSync(join(state, 'demo-accounts'))) return;
    const begun = join(state, 'demo-begun');
    if (existsSync(begun)) rmSync(join(state, 'v3'), { recursive: true, force: true });
    else if (existsSync(join(state, 'v3'))) throw new Error(`${state} holds other data: name another folder for the demo`);
    mkdirSync(state, { recursive: true });
    writeFileSync(begun, '');
}

/** Loads the demo data unless it is there. Returns the accounts, as the loader printed them. */
export async function seedDemo(url, state, secret) {
    const accounts = join(state, 'demo-accounts');
    if (existsSync(accounts)) return readFileSync(accounts, 'utf8');
    const { stdout } = await promisify(execFile)(join(root, 'target/debug/demo'), ['--url', url], {
        env: { ...process.env, SETUP_SECRET: secret },
        maxBuffer: 1 << 24,
    });
    writeFileSync(accounts, stdout);
    return stdout;
}

/** Stops at Ctrl-C and SIGTERM, and when the shell that started it is gone. */
export function onEnd(stop) {
    let ending = false;
    const end = async () => {
        if (ending) return;
        ending = true;
        await stop();
        process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
    return end;
}
