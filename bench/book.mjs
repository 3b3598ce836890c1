// A made-up book whose every figure is known, spread over all bands; the same for every run.
export function book(policy, count) {
    let state = 20_260_326;
    const random = (below) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
    const measured = (value) => ({ state: 'measured', value });
    const input = ({ key, measure, levels, scoring }) => {
        if (measure === 'level') {
            const names = levels ?? scoring.levels.map((level) => level.key);
            return { state: 'judged', level: names[random(names.length)] };
        }
        if (measure === 'money') return measured(10 ** (6 + random(4)) * (1 + random(90)));
        if (measure === 'ratio') return measured(key === 'potential' ? random(4_000) - 1_500 : 4_000 + random(7_000));
        return measured(random(120));
    };
    return Array.from({ length: count }, () => ({
        values: Object.fromEntries([...policy.indicators, ...policy.facts].map((one) => [one.key, input(one)])),
    }));
}
