// Serves the built product until stopped:
//
//   node tools/serve.mjs [--port 8787] [--host 127.0.0.1] [--state .state] [--seed empty|demo]
//                        [--setup-secret S] [--test-now MS] [--until-stdin-closes]
//
// Prints `ready http://127.0.0.1:PORT` on standard output once it answers;
// everything else goes to standard error. Port 0 takes a free one. --test-now
// stops the Worker's clock at that time (milliseconds since 1970), for tests.
// With --until-stdin-closes it ends with the process holding its input, whose
// lines `tick MS` let it be that time for what the Worker does by itself; each is
// answered with `ticked`.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { onEnd, prepareDemo, seedDemo, setupSecret, start } from './product.mjs';

const { values: args } = parseArgs({
    options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string', default: '.state' },
        seed: { type: 'string', default: 'empty' },
        'setup-secret': { type: 'string', default: process.env.SETUP_SECRET },
        'test-now': { type: 'string', default: process.env.TEST_NOW },
        'until-stdin-closes': { type: 'boolean', default: false },
    },
});
if (!['empty', 'demo'].includes(args.seed)) throw new Error(`--seed is empty or demo, not ${args.seed}`);

const state = resolve(args.state);
mkdirSync(state, { recursive: true });
const secret = setupSecret(state, args['setup-secret']);
const vars = { SETUP_SECRET: secret, ...(args['test-now'] && { TEST_NOW: args['test-now'] }) };

if (args.seed === 'demo') prepareDemo(state);
const product = await start({ port: Number(args.port), host: args.host, state, vars });
const end = onEnd(product.stop);
if (args['until-stdin-closes']) {
    process.stdin.on('end', end).on('error', end);
    createInterface({ input: process.stdin }).on('line', async (line) => {
        await product.tick(Number(line.replace('tick ', '')));
        process.stdout.write('ticked\n');
    });
}

if (args.seed === 'demo') process.stderr.write(await seedDemo(product.url, state, secret));
else process.stderr.write(`set-up secret, for the first administrator: ${secret}\n`);
process.stderr.write(`${product.profile} build, state in ${state}\n`);
process.stdout.write(`ready ${product.url}\n`);
