// One policy as each peer takes it. Nothing is left out that the customers here need: every band, level
// and line, the thresholds and the gates. What a peer has no notion of (evidence floor, ways up) it is
// spared.

/** A customer as the peers take it: `{annual_sales: 1, product_fit: "A", …}`. */
export const flat = ({ values }) =>
    Object.fromEntries(Object.entries(values).map(([key, input]) => [key, input.value ?? input.level]));

const range = ({ at_least, above, at_most, below }) =>
    [[at_least, '>='], [above, '>'], [at_most, '<='], [below, '<']]
        .filter(([bound]) => bound !== undefined)
        .map(([bound, sign]) => `${sign} ${bound}`);

const line = (key, { from, to }) => {
    const [low, high] = from.value <= to.value ? [from, to] : [to, from];
    const rise = high.points - low.points;
    const run = high.value - low.value;
    // Rounded half away from zero, as the engine rounds; all points here rise from nothing.
    return `floor((min([max([${key}, ${low.value}]), ${high.value}]) - ${low.value}) * ${rise} / ${run} + 0.5) + ${low.points}`;
};

const holds = (input, test) => {
    const [[kind, bound]] = Object.entries(test);
    const sign = { at_least: '>=', above: '>', at_most: '<=', below: '<' }[kind];
    if (sign) return `${input} ${sign} ${bound}`;
    const list = `[${bound.map((level) => `"${level}"`).join(', ')}]`;
    return kind === 'one_of' ? `${input} in ${list}` : `${input} not in ${list}`;
};

/** Position of the tier: the thresholds, then the worst cap that acts. */
function verdict({ tiers, gates }) {
    const scored = tiers.slice(0, -1).reduceRight((rest, { from }, index) => `score >= ${from} ? ${index} : (${rest})`, `${tiers.length - 1}`);
    const caps = gates
        .filter(({ effect }) => effect.kind === 'cap')
        .map(({ when, effect }) => `(${holds(when.input, when.test)} ? ${tiers.findIndex(({ key }) => key === effect.tier)} : 0)`);
    return `max([${[`(${scored})`, ...caps].join(', ')}])`;
}

const decision = (nodes) => {
    const ends = [{ id: 'in', type: 'inputNode', name: 'Request' }, { id: 'out', type: 'outputNode', name: 'Response' }];
    return { nodes: [ends[0], ...nodes.map(({ node }) => node), ends[1]], edges: nodes.flatMap(({ edges }) => edges) };
};
const edge = (sourceId, targetId) => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId });

function outcome(policy, sum) {
    const expressions = [['score', sum], ['tier', verdict(policy).replaceAll('score', '$.score')]];
    return { id: 'sum', type: 'expressionNode', name: 'Grade', content: { expressions: expressions.map(([key, value]) => ({ id: key, key, value })) } };
}

/** For zen: a decision table an indicator, as its editor would have it, and an expression for the rest. */
export function zenTables(policy) {
    const tables = policy.indicators.map(({ key, scoring }) => {
        const id = `t_${key}`;
        if (scoring.kind === 'linear') {
            const expressions = [{ id: `p_${key}`, key: `p_${key}`, value: line(key, scoring) }];
            return { node: { id, type: 'expressionNode', name: key, content: { expressions, passThrough: false } }, edges: [edge('in', id), edge(id, 'sum')] };
        }
        const rules = scoring.kind === 'bands'
            ? scoring.bands.map((band, index) => ({ _id: `${index}`, i: range(band).join(' and '), o: `${band.points}` }))
            : scoring.levels.map((level, index) => ({ _id: `${index}`, i: `"${level.key}"`, o: `${level.points}` }));
        const content = {
            hitPolicy: 'first',
            inputs: [{ id: 'i', name: key, type: 'expression', field: key }],
            outputs: [{ id: 'o', name: key, type: 'expression', field: `p_${key}` }],
            rules,
            passThrough: false,
        };
        return { node: { id, type: 'decisionTableNode', name: key, content }, edges: [edge('in', id), edge(id, 'sum')] };
    });
    const sum = policy.indicators.map(({ key }) => `p_${key}`).join(' + ');
    return decision([...tables, { node: outcome(policy, sum), edges: [edge('in', 'sum'), edge('sum', 'out')] }]);
}

/** For zen: everything in one expression node, which is the least it can do. */
export function zenExpressions(policy) {
    const points = policy.indicators.map(({ key, scoring }) => {
        if (scoring.kind === 'linear') return line(key, scoring);
        const cases = scoring.kind === 'bands'
            ? scoring.bands.map((band) => [range(band).map((bound) => `${key} ${bound}`).join(' and '), band.points])
            : scoring.levels.map((level) => [`${key} == "${level.key}"`, level.points]);
        return `(${cases.slice(0, -1).reduceRight((rest, [when, points]) => `${when} ? ${points} : (${rest})`, `${cases.at(-1)[1]}`)})`;
    });
    return decision([{ node: outcome(policy, points.join(' + ')), edges: [edge('in', 'sum'), edge('sum', 'out')] }]);
}

/** For json-rules-engine: a rule a band, whose event carries the points; the sum is ours. */
export function jsonRules(policy) {
    const operators = { at_least: 'greaterThanInclusive', above: 'greaterThan', at_most: 'lessThanInclusive', below: 'lessThan', one_of: 'in', none_of: 'notIn' };
    const asks = (fact, test) => Object.entries(test).filter(([kind]) => operators[kind]).map(([kind, value]) => ({ fact, operator: operators[kind], value }));
    const rules = policy.indicators.flatMap(({ key, scoring }) => {
        if (scoring.kind === 'bands') return scoring.bands.map((band) => ({ conditions: { all: asks(key, band) }, event: { type: 'points', params: { points: band.points } } }));
        if (scoring.kind === 'levels') return scoring.levels.map((level) => ({ conditions: { all: [{ fact: key, operator: 'equal', value: level.key }] }, event: { type: 'points', params: { points: level.points } } }));
        return [];
    });
    const gates = policy.gates.filter(({ effect }) => effect.kind === 'cap').map(({ when, effect }) => ({
        conditions: { all: asks(when.input, when.test) },
        event: { type: 'cap', params: { tier: policy.tiers.findIndex(({ key }) => key === effect.tier) } },
    }));
    const lines = policy.indicators.filter(({ scoring }) => scoring.kind === 'linear');
    const finish = (customer, events) => {
        let score = 0;
        let tier = 0;
        for (const { type, params } of events) {
            if (type === 'points') score += params.points;
            else tier = Math.max(tier, params.tier);
        }
        for (const { key, scoring: { from, to } } of lines) {
            const [low, high] = from.value <= to.value ? [from, to] : [to, from];
            const inside = Math.min(Math.max(customer[key], low.value), high.value);
            score += low.points + Math.floor(((inside - low.value) * (high.points - low.points)) / (high.value - low.value) + 0.5);
        }
        return { score, tier: Math.max(tier, policy.tiers.findIndex(({ from }) => score >= from)) };
    };
    return { rules: [...rules, ...gates], finish };
}
