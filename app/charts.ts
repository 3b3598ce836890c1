// The pictures of the dashboard: the only file that knows ECharts, fetched when the first picture is to be seen.
// `main.ts` hands `open` to the app's Rust (`app/src/charts.rs`), which says what there is to see and holds every
// word of it (`app/src/derive/chart.rs`).
//
// They are drawn on canvas: as SVG each text would have a style attribute, and a tooltip of markup is one; the
// page's policy refuses both. Nothing moves by itself.
import { LineChart, SankeyChart, type LineSeriesOption, type SankeySeriesOption } from 'echarts/charts';
import { GridComponent, TooltipComponent, type GridComponentOption, type TooltipComponentOption } from 'echarts/components';
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, SankeyChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

type Option = ComposeOption<LineSeriesOption | SankeySeriesOption | GridComponentOption | TooltipComponentOption>;

/** One side of a flow: where it comes from or goes to. `colour` is a token of the style. */
interface Node { before: boolean; text: string; said: string; colour: string; href: string }
/** `from` and `to` are places among the nodes. */
interface Link { from: number; to: number; many: number; said: string; colour: string; href: string }
interface Flow { nodes: Node[]; links: Link[] }
/** Places in basis points of both axes. */
type Place = [across: number, up: number];
interface Curve { points: { at: Place; said: string }[]; marks: { at: Place; text: string }[]; across: string; up: string }
type Picture = { flow: Flow } | { curve: Curve };

/** What a picture is drawn with: lengths in CSS pixels, a token's colour, how wide a text is. */
interface Pen { width: number; text: number; font: string; colour(token: string): string; measure(text: string): number }
interface Drawing { height: number; option: Option }

const dark = matchMedia('(prefers-color-scheme: dark)');
const paper = matchMedia('print');

/** A sheet of A4 less its margins and a panel's; the style makes the picture as wide as the sheet is in the end. */
const SHEET = 640;
/** Pixels to one of the sheet. */
const SHARP = 3;

const clamp = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);

/** Draws in the page's colours, on paper in the light ones: before it is printed those of the screen still hold. */
function coloured(onPaper: boolean, width: number, draw: (pen: Pen) => Drawing): Drawing {
    const root = document.documentElement;
    const { theme } = root.dataset;
    if (onPaper) root.dataset['theme'] = 'light';
    const style = getComputedStyle(root);
    const colour = (token: string): string => style.getPropertyValue(token).trim();
    const text = parseFloat(colour('--text-xs')) * parseFloat(style.fontSize);
    const font = colour('--font-text');
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas) canvas.font = `${text}px ${font}`;
    try {
        return draw({ width, text, font, colour, measure: (of) => canvas?.measureText(of).width ?? of.length * text });
    } finally {
        if (theme === undefined) delete root.dataset['theme'];
        else root.dataset['theme'] = theme;
    }
}

function frame({ text, font, colour }: Pen): Option {
    return {
        animation: false,
        stateAnimation: { duration: 0 },
        textStyle: { fontFamily: font, fontSize: text, color: colour('--ink-soft') },
        tooltip: {
            renderMode: 'richText',
            confine: true,
            backgroundColor: colour('--surface'),
            borderColor: colour('--line-control'),
            borderWidth: 1,
            borderRadius: 2,
            padding: [6, 10],
            shadowBlur: 0,
            textStyle: { fontFamily: font, fontSize: text, color: colour('--ink') },
        },
    };
}

function drawFlow({ nodes, links }: Flow, pen: Pen): Drawing {
    const rows = Math.max(nodes.filter((one) => one.before).length, nodes.filter((one) => !one.before).length);
    const height = clamp(240, rows * 56, 760);
    const margin = Math.min(Math.max(...nodes.map((one) => pen.measure(one.text))) + 12, pen.width * 0.36);
    const series: SankeySeriesOption = {
        type: 'sankey',
        left: margin,
        right: margin,
        top: 4,
        bottom: 4,
        nodeWidth: 10,
        nodeGap: clamp(4, 120 / rows, 16),
        // In the order that they are told in: the best tier on top.
        layoutIterations: 0,
        draggable: false,
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.6 } },
        blur: { lineStyle: { opacity: 0.08 } },
        data: nodes.map((one, at) => ({
            name: String(at),
            itemStyle: { color: pen.colour(one.colour), borderWidth: 0 },
            label: {
                position: one.before ? 'left' : 'right',
                formatter: () => one.text,
                color: pen.colour('--ink'),
                fontFamily: pen.font,
                fontSize: pen.text,
                width: margin - 8,
                overflow: 'truncate',
            },
        })),
        links: links.map((one) => ({
            source: String(one.from),
            target: String(one.to),
            value: one.many,
            lineStyle: { color: pen.colour(one.colour), opacity: 0.38 },
        })),
        tooltip: { formatter: (of) => among({ nodes, links }, of)?.said ?? '' },
    };
    return { height, option: { ...frame(pen), series } };
}

/** The node or link that ECharts speaks of. */
function among({ nodes, links }: Flow, of: unknown): Node | Link | undefined {
    const { dataType, dataIndex } = of as { dataType?: string; dataIndex?: number };
    return (dataType === 'edge' ? links : nodes)[dataIndex ?? -1];
}

function drawCurve({ points, marks, across, up }: Curve, pen: Pen): Drawing {
    const height = clamp(250, pen.width * 0.5, 340);
    const percent = ([x, y]: Place): [number, number] => [x / 100, y / 100];
    const text = { fontFamily: pen.font, fontSize: pen.text, color: pen.colour('--ink-soft') };
    const hair = { color: pen.colour('--line'), width: 1 };
    const axis = {
        type: 'value' as const,
        min: 0,
        max: 100,
        interval: 20,
        nameTextStyle: text,
        axisLabel: { ...text, formatter: '{value} %' },
        axisLine: { show: true, lineStyle: { color: pen.colour('--edge'), width: 1 } },
        axisTick: { show: true, lineStyle: { color: pen.colour('--edge') } },
        splitLine: { lineStyle: { color: pen.colour('--line-soft') } },
    };
    const ink = pen.colour('--link');
    return {
        height,
        option: {
            ...frame(pen),
            // The widest labels, `100 %`, and a line of text beyond them.
            grid: { left: pen.text * 4, right: pen.text * 2, top: pen.text * 2.5, bottom: pen.text * 4 },
            tooltip: {
                ...frame(pen).tooltip,
                trigger: 'axis',
                axisPointer: { lineStyle: { ...hair, color: pen.colour('--line-control') } },
                formatter: (of) => {
                    const one = [of].flat().find(({ seriesIndex }) => seriesIndex === 0);
                    return points[one?.dataIndex ?? -1]?.said ?? '';
                },
            },
            xAxis: { ...axis, name: across, nameLocation: 'middle', nameGap: pen.text * 2.25 },
            yAxis: { ...axis, name: up, nameLocation: 'end', nameGap: pen.text, nameTextStyle: { ...text, align: 'left', padding: [0, 0, 0, -pen.text * 3.5] } },
            series: [
                {
                    type: 'line',
                    data: points.map((one) => percent(one.at)),
                    symbol: 'none',
                    lineStyle: { color: ink, width: 2 },
                    itemStyle: { color: ink },
                    areaStyle: { color: ink, opacity: 0.08 },
                },
                // What it would be if all were of one size.
                { type: 'line', data: [[0, 0], [100, 100]], symbol: 'none', silent: true, lineStyle: { ...hair, color: pen.colour('--line-control'), type: 'dashed' } },
                {
                    type: 'line',
                    data: marks.map((one) => percent(one.at)),
                    symbol: 'circle',
                    symbolSize: 7,
                    silent: true,
                    lineStyle: { opacity: 0 },
                    itemStyle: { color: pen.colour('--surface'), borderColor: ink, borderWidth: 2 },
                    label: { show: true, position: [12, 2], formatter: ({ dataIndex }) => marks[dataIndex]?.text ?? '', ...text, color: pen.colour('--ink') },
                    labelLayout: { hideOverlap: true },
                },
            ],
        },
    };
}

/** A picture in an element, drawn anew when its width, the system's colours or the page becomes another. */
export class Chart {
    readonly #element: HTMLElement;
    readonly #follow: (address: string) => void;
    readonly #ends = new AbortController();
    readonly #sizes: ResizeObserver;
    #picture: Picture | undefined;
    #drawn: EChartsType | undefined;
    #width = 0;
    #onPaper = paper.matches;

    constructor(element: HTMLElement, follow: (address: string) => void) {
        this.#element = element;
        this.#follow = follow;
        const { signal } = this.#ends;
        const turn = (onPaper: boolean) => () => {
            this.#onPaper = onPaper;
            this.#show();
        };
        dark.addEventListener('change', () => this.#show(), { signal });
        paper.addEventListener('change', ({ matches }) => turn(matches)(), { signal });
        addEventListener('beforeprint', turn(true), { signal });
        addEventListener('afterprint', turn(false), { signal });
        this.#sizes = new ResizeObserver(() => {
            if (!this.#onPaper && element.clientWidth !== this.#width) this.#show();
        });
        this.#sizes.observe(element);
    }

    /** Shows what JSON text describes. */
    draw(picture: string): void {
        this.#picture = JSON.parse(picture) as Picture;
        this.#show();
    }

    /** Takes the picture away. */
    close(): void {
        this.#ends.abort();
        this.#sizes.disconnect();
        this.#drawn?.dispose();
    }

    #show(): void {
        const picture = this.#picture;
        this.#width = this.#element.clientWidth;
        // While the table is seen there is no room, and nothing to draw.
        if (!picture || this.#width === 0) return;
        const onPaper = this.#onPaper;
        const width = onPaper ? SHEET : this.#width;
        const { height, option } = coloured(onPaper, width, (pen) => ('flow' in picture ? drawFlow(picture.flow, pen) : drawCurve(picture.curve, pen)));
        this.#drawn?.dispose();
        this.#drawn = init(this.#element, null, { renderer: 'canvas', width, height, devicePixelRatio: onPaper ? SHARP : devicePixelRatio });
        this.#drawn.setOption(option);
        if ('flow' in picture) {
            this.#drawn.on('click', (of) => {
                const href = among(picture.flow, of)?.href;
                if (href) this.#follow(href);
            });
        }
    }
}

/** Begins a picture in an element; `follow` is called with the address behind what is pressed in it. */
export function open(element: HTMLElement, follow: (address: string) => void): Chart {
    return new Chart(element, follow);
}
