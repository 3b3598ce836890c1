// Writes the licences of what is shipped beside the page, as they ask for: of every crate compiled into the
// page or the Worker, and of every package bundled with the page. notices.mjs FILE
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The texts that lie in a package's folder. */
const texts = (folder) =>
    readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|copyright|notice|unlicense)/i.test(entry.name))
        .map(({ name }) => name)
        .sort()
        .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());

/** The crates that the page and the Worker are compiled from. */
function crates() {
    const told = execFileSync('cargo', ['metadata', '--locked', '--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown'], {
        cwd: root,
        maxBuffer: 1 << 28,
    });
    const { packages, resolve, workspace_members: own } = JSON.parse(told);
    const about = new Map(packages.map((one) => [one.id, one]));
    const needs = new Map(resolve.nodes.map((node) => [node.id, node]));
    const isCompiledIn = ({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null);
    const found = new Set();
    const open = own.filter((id) => ['app', 'sheets', 'api'].includes(about.get(id).name));
    for (let id = open.pop(); id; id = open.pop()) {
        if (found.has(id)) continue;
        found.add(id);
        open.push(...needs.get(id).deps.filter(isCompiledIn).map((dep) => dep.pkg));
    }
    return [...found]
        .filter((id) => !own.includes(id))
        .map((id) => about.get(id))
        .map(({ name, version, license, manifest_path: path }) => ({ name, version, license, folder: dirname(path) }));
}

/** The packages that are no tools only. */
function packages() {
    const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    return Object.entries(locked)
        .filter(([path, one]) => path.startsWith('node_modules/') && !one.dev && !one.devOptional && !one.optional)
        .map(([path, { version, license }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version, license, folder: join(root, path) }));
}

// One package may lie in several places.
const named = new Map([...crates(), ...packages()].map((one) => [`${one.name} ${one.version}`, one]));
const shipped = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
const users = new Map();
for (const [name, { folder }] of shipped) {
    for (const text of texts(folder)) users.set(text, [...(users.get(text) ?? []), name]);
}
const list = shipped.map(([name, { license }]) => `${name}: ${license ?? 'see below'}`);
const parts = [...users].map(([text, names]) => `${'-'.repeat(80)}\n${names.join(', ')}\n\n${text}`);
const title = 'Fenji contains the work of others, under these licences.';
writeFileSync(process.argv[2], `${[title, list.join('\n'), ...parts].join('\n\n')}\n`);
