/** Runs two pieces of work in turn, A B A B …, after one turn that is not counted; milliseconds of each. */
export async function inTurn(rounds, ours, peer) {
    const result = { ours_ms: [], peer_ms: [] };
    for (let round = 0; round <= rounds; round += 1) {
        for (const [list, work] of [[result.ours_ms, ours], [result.peer_ms, peer]]) {
            const began = performance.now();
            await work();
            if (round > 0) list.push(performance.now() - began);
        }
    }
    return result;
}

export const report = (name, peer, result) => console.log(JSON.stringify({ name, peer, ...result }));
