// What is in a workbook, read with nothing of the product's own code: an xlsx file is a zip of XML.
import { inflateRawSync } from 'node:zlib';

/** The parts of a workbook by name. */
export function parts(bytes: Buffer): Map<string, string> {
    const found = new Map<string, string>();
    // The directory is at the end: a record of 22 bytes, without a comment.
    const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
        const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
        const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
        const [name = 0, extra = 0, comment = 0] = lengths;
        const local = bytes.readUInt32LE(at + 42);
        const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const data = bytes.subarray(start, start + size);
        found.set(bytes.toString('utf8', at + 46, at + 46 + name), (method === 0 ? data : inflateRawSync(data)).toString('utf8'));
        at += 46 + name + extra + comment;
    }
    return found;
}

const plain = (xml: string) => xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '');

/** The rows of the first sheet, each its texts by column; a cell without one is empty. */
export function rows(bytes: Buffer): string[][] {
    const all = parts(bytes);
    const shared = [...(all.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>([\s\S]*?)<\/si>/g)].map(([, one = '']) =>
        [...one.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)).join(''),
    );
    const sheet = all.get('xl/worksheets/sheet1.xml') ?? '';
    return [...sheet.matchAll(/<row [^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)].map(([, row = '']) => {
        const cells: string[] = [];
        for (const [, column = '', kind = '', inside = ''] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
            const at = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
            const value = /<v>([^<]*)<\/v>/.exec(inside)?.[1] ?? '';
            while (cells.length < at) cells.push('');
            cells[at] = kind.includes('t="s"') ? (shared[Number(value)] ?? '') : plain(value);
        }
        return cells;
    });
}

/** Every text of a workbook's cells. */
export function texts(bytes: Buffer): string[] {
    const all = [...parts(bytes)].filter(([name]) => /sharedStrings|worksheets\//.test(name)).map(([, xml]) => xml);
    return all.flatMap((xml) => [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)));
}

/** The rows of a csv as RFC 4180 has them; the mark of UTF-8 in front must be there. */
export function csv(bytes: Buffer): string[][] {
    const text = bytes.toString('utf8');
    if (!text.startsWith('\uFEFF')) throw new Error('there is no mark of UTF-8');
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    const found: string[][] = [[]];
    cell.lastIndex = 1;
    for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
        const [, quoted, bare = '', end] = match;
        found.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
        if (end !== ',') found.push([]);
        if (cell.lastIndex === text.length) return found.slice(0, -1);
    }
    throw new Error('not a csv');
}
