//! Whether a reason is lacking is known before a move is made.

use super::{Time, label, ladder, moves, person, reason, samples};
use crate::permission::Role;
use crate::review::{Acting, Move, Refused, Scene, lacks_reason, step};

#[test]
fn a_reason_is_asked_for_exactly_where_the_step_would_be_refused_without_one() {
    let each = ["A", "B", "C"].into_iter().flat_map(|grade| {
        let grade = label(grade);
        [None, Some(reason())].into_iter().flat_map(move |reason| {
            let submit = Move::Submit { grade: grade.clone(), reason: reason.clone() };
            [submit, Move::Decide { grade: grade.clone(), reason }]
        })
    });
    let wanted: Vec<Move> = each.chain(moves().into_iter().map(|(_, wanted)| wanted)).collect();
    let (cycle, ladder) = (Time::Sitting.cycle(), ladder());
    let mut asked = 0;
    for (name, form) in samples() {
        for computed in [None, Some(label("B"))] {
            let now = Time::Sitting.now();
            let scene = Scene { cycle: &cycle, ladder: &ladder, computed: computed.as_ref(), now };
            for wanted in &wanted {
                let by = Role::ALL.map(person);
                // Whoever gets as far as the contents of the move.
                let refused = by.iter().any(|actor| {
                    let answer = step(&form, wanted, Acting::own(actor), &scene);
                    matches!(answer, Err(Refused::NoReason { .. }))
                });
                let hand =
                    by.iter().find_map(|actor| Acting::own(actor).authority(now.day()).ok()).unwrap().1;
                let lacks = lacks_reason(&form, wanted, &hand, &scene);
                // A draft that came in through the window is late at the meeting, whatever it says.
                assert!(lacks || !refused, "{name} {wanted:?}");
                asked += usize::from(lacks);
                if wanted.reason().is_some() {
                    assert!(!lacks, "{name} {wanted:?}");
                }
            }
        }
    }
    assert!(asked > 0);
}
