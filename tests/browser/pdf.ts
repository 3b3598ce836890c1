// What is written on each page of a PDF that Chromium made, read with nothing but zlib: its objects are plain
// text, its streams are deflated, and each font says which characters its glyphs stand for.
import { inflateSync } from 'node:zlib';

interface Part {
    text: string;
    stream?: string;
}

/** Every object of the file by its number, its stream inflated. */
function objects(pdf: Buffer): Map<string, Part> {
    const found = new Map<string, Part>();
    const whole = pdf.toString('latin1');
    const begins = /(?:^|[\r\n])(\d+) 0 obj\b/g;
    for (let begun = begins.exec(whole); begun; begun = begins.exec(whole)) {
        const rest = whole.slice(begins.lastIndex);
        const length = rest.search(/\bstream\r?\n|\bendobj\b/);
        const part: Part = { text: rest.slice(0, length) };
        const opens = /^stream\r?\n/.exec(rest.slice(length, length + 8));
        if (opens) {
            const from = begins.lastIndex + length + opens[0].length;
            const bytes = pdf.subarray(from, from + Number(/\/Length\s+(\d+)/.exec(part.text)?.[1]));
            part.stream = (part.text.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
            // What is in it may look like the beginning of another.
            begins.lastIndex = from + bytes.length;
        }
        found.set(begun[1] ?? '', part);
    }
    return found;
}

/** How a font writes: its characters by glyph, and how many hex digits stand for a glyph. */
interface Font {
    digits: number;
    characters: Map<number, string>;
}

/** A font, as its own table tells it. */
function fontOf(table: string): Font {
    const found = new Map<number, string>();
    const digits = /begincodespacerange\s*<(\w+)>/.exec(table)?.[1]?.length ?? 4;
    const said = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
    for (const { 1: block = '' } of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
        for (const { 1: glyph = '', 2: text = '' } of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) found.set(parseInt(glyph, 16), said(text));
    }
    for (const { 1: block = '' } of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
        for (const { 1: from = '', 2: to = '', 3: first = '' } of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
            for (let at = parseInt(from, 16); at <= parseInt(to, 16); at += 1) {
                found.set(at, String.fromCodePoint(parseInt(first, 16) + at - parseInt(from, 16)));
            }
        }
    }
    return { digits, characters: found };
}

/** The text of each page, in the order in which it was drawn, without spaces: those are gaps in a PDF. */
export function pages(pdf: Buffer): string[] {
    const all = objects(pdf);
    const refers = (text: string, key: string) => text.match(new RegExp(`/${key}\\s+(\\d+) 0 R`))?.[1] ?? '';
    const fonts = new Map<string, Font>();
    const font = (number: string) => {
        const known = fonts.get(number) ?? fontOf(all.get(refers(all.get(number)?.text ?? '', 'ToUnicode'))?.stream ?? '');
        fonts.set(number, known);
        return known;
    };
    const sheets = [...all.values()].filter(({ text }) => /\/Type\s*\/Page\b(?!s)/.test(text));
    return sheets.map(({ text }) => {
        const resources = text.includes('/Font') ? text : (all.get(refers(text, 'Resources'))?.text ?? '');
        const named = new Map([...resources.matchAll(/\/(F\d+)\s+(\d+) 0 R/g)].map(([, name = '', number = '']) => [name, number]));
        const drawn = all.get(refers(text, 'Contents'))?.stream ?? '';
        let now: Font = { digits: 4, characters: new Map() };
        let said = '';
        for (const [, name, hex] of drawn.matchAll(/\/(F\d+)\s+[-.\d]+\s+Tf|<([0-9A-Fa-f]+)>/g)) {
            if (name) now = font(named.get(name) ?? '');
            const glyphs = hex?.match(now.digits === 2 ? /../g : /.{4}/g) ?? [];
            said += glyphs.map((glyph) => now.characters.get(parseInt(glyph, 16)) ?? '').join('');
        }
        // Some characters come back as the radicals that look like them.
        return said.normalize('NFKC').replace(/\s/g, '');
    });
}
