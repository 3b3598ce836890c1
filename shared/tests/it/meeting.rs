//! Items of the meeting under any sequence of steps by anybody: what is settled stays, nobody decides what
//! they proposed, and what is granted is what was decided last.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use shared::calendar::Date;
use shared::id::{CustomerId, CycleId, ItemId, Name, Note, PolicyId, Reason, UnitId, UserId};
use shared::permission::{Actor, Role};
use shared::review::meeting::{
    Asked, Choice, Decided, Granted, Item, ItemKind, ItemScene, ItemStage, decide, propose, withdraw,
};
use shared::review::{Acting, Cycle, CycleKind, Moment, Phase, StandIn};

/// Noon of 1 April 2026 in China.
const NOON: i64 = 1_775_016_000_000;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn people() -> Vec<Actor> {
    let unit = |text| UnitId::parse(text).ok();
    let roles = [
        ("chief", Role::SectionChief, unit("north")),
        ("other-chief", Role::SectionChief, unit("south")),
        ("finance", Role::Finance, None),
        ("promotion", Role::Promotion, None),
        ("colleague", Role::Promotion, None),
        ("director", Role::Director, None),
        ("rep", Role::Rep, unit("north")),
        ("admin", Role::Admin, None),
    ];
    let actor = |(user, role, unit)| Actor { user: UserId::parse(user).unwrap(), role, unit };
    roles.map(actor).to_vec()
}

fn cycle(phase: Phase) -> Cycle {
    Cycle {
        id: CycleId::parse("y2026").unwrap(),
        kind: CycleKind::Yearly,
        year: 2025,
        policy: PolicyId::parse("p1").unwrap(),
        opens: day("2026-03-25"),
        closes: day("2026-03-30"),
        phase,
    }
}

/// Something that is tried.
#[derive(Debug, Clone)]
enum Try {
    Propose { kind: ItemKind, choice: Choice, granted: Option<Granted> },
    Decide { item: Index, choice: Choice, granted: Option<Granted>, why: bool },
    Withdraw { item: Index },
}

fn grants() -> impl Strategy<Value = Option<Granted>> {
    let text = |text: &str| Granted { text: Note::parse(text).ok(), ..Granted::default() };
    let ended = Granted { until: Some(day("2026-03-31")), ..text("over") };
    select(vec![None, Some(text("x")), Some(text("y")), Some(ended), Some(Granted::default())])
}

fn tries() -> impl Strategy<Value = Vec<(Try, Index, Option<Index>, bool)>> {
    let kinds = select(vec![ItemKind::SpecialPolicy, ItemKind::Other]);
    let choices = || select(Choice::ALL.to_vec());
    let one = prop_oneof![
        (kinds, choices(), grants()).prop_map(|(kind, choice, granted)| Try::Propose {
            kind,
            choice,
            granted
        }),
        (any::<Index>(), choices(), grants(), any::<bool>())
            .prop_map(|(item, choice, granted, why)| Try::Decide { item, choice, granted, why }),
        any::<Index>().prop_map(|item| Try::Withdraw { item }),
    ];
    vec((one, any::<Index>(), any::<Option<Index>>(), any::<bool>()), 0..80)
}

/// What the customer is granted by the items decided so far, in the order of decision.
fn granted(decided: &[Item]) -> Option<Option<&Granted>> {
    decided.iter().rev().find(|item| item.kind == ItemKind::SpecialPolicy).map(Item::outcome)
}

proptest! {
    #[test]
    fn items_keep_their_rules_whatever_is_tried(tries in tries()) {
        let people = people();
        let (customer, unit) = (CustomerId::parse("k1").unwrap(), UnitId::parse("north").unwrap());
        let (why, by) = (Reason::parse("because").unwrap(), Name::parse("谁").unwrap());
        let now = Moment::new(NOON).unwrap();
        let (meeting, over) = (cycle(Phase::Meeting { sitting: 1 }), cycle(Phase::Concluded { sittings: 1 }));
        let mut items: Vec<Item> = Vec::new();
        let mut decided: Vec<Item> = Vec::new();
        for (number, (one, actor, absent, on)) in tries.into_iter().enumerate() {
            let actor = actor.get(&people);
            let stand_in = absent.map(|absent| StandIn {
                absent: absent.get(&people).clone(),
                by: actor.user.clone(),
                from: now.day(),
                until: now.day(),
            });
            let acting = Acting { actor, stand_in: stand_in.as_ref() };
            let scene = ItemScene { cycle: if on { &meeting } else { &over }, by: &by, now };
            let before = items.clone();
            match one {
                Try::Propose { kind, choice, granted: wanted } => {
                    let last = if kind == ItemKind::SpecialPolicy { granted(&decided) } else { None };
                    let asked = Asked {
                        kind,
                        customer: Some((&customer, &unit, None)),
                        was: None,
                        last,
                        choice,
                        granted: wanted.as_ref(),
                        reason: &why,
                    };
                    let id = ItemId::parse(&format!("i{number}")).unwrap();
                    if let Ok((item, hand, _)) = propose(id, asked, acting, &scene) {
                        prop_assert_eq!(item.was.as_ref(), last.flatten());
                        prop_assert_eq!(item.proposal.granted.is_some(), choice.grants());
                        prop_assert!(hand.people().any(|person| *person == actor.user));
                        items.push(item);
                    }
                }
                Try::Decide { item, choice, granted: wanted, why: said } if !items.is_empty() => {
                    let at = item.index(items.len());
                    let reason = said.then_some(&why);
                    let answer =
                        decide(&items[at], Decided { choice, granted: wanted.as_ref(), reason }, acting, &scene);
                    if let Ok((after, hand, _)) = answer {
                        prop_assert!(on, "only at the meeting");
                        prop_assert_eq!(before[at].stage(), ItemStage::Proposed);
                        prop_assert!(!hand.shares_a_person_with(&after.proposal.signed.hand));
                        prop_assert_eq!(hand.role, Role::Promotion);
                        let said = after.decision.clone().unwrap();
                        let as_proposed =
                            said.choice == after.proposal.choice && said.granted == after.proposal.granted;
                        prop_assert!(as_proposed || said.reason.is_some());
                        prop_assert!(after.effective_from.is_some());
                        prop_assert!(after.outcome().is_none_or(|of| of.until == after.effective_until));
                        items[at] = after.clone();
                        decided.push(after);
                    }
                }
                Try::Withdraw { item } if !items.is_empty() => {
                    let at = item.index(items.len());
                    if let Ok((after, hand, _)) = withdraw(&items[at], acting, &scene) {
                        prop_assert_eq!(before[at].stage(), ItemStage::Proposed);
                        prop_assert!(hand.shares_a_person_with(&after.proposal.signed.hand));
                        items[at] = after;
                    }
                }
                Try::Decide { .. } | Try::Withdraw { .. } => {}
            }
            // Whatever was settled is as it was.
            for (was, is) in before.iter().zip(&items) {
                prop_assert!(was.stage() == ItemStage::Proposed || was == is);
                prop_assert_eq!(&was.proposal, &is.proposal);
            }
            for item in &items {
                let text = serde_json::to_string(item).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Item>(&text).unwrap(), item);
            }
        }
    }
}
