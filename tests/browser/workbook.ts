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

/** Every text of a workbook's cells. */
export function texts(bytes: Buffer): string[] {
    const all = [...parts(bytes)].filter(([name]) => /sharedStrings|worksheets\//.test(name)).map(([, xml]) => xml);
    const plain = (xml: string) => xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '');
    return all.flatMap((xml) => [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text)));
}
