//! A small company with a cycle and three forms, and everything that can be tried on it.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use shared::calendar::Date;
use shared::id::{CustomerId, CycleId, Label, Name, Note, PolicyId, Reason, UnitId, UserId};
use shared::permission::{Actor, Role};
use shared::review::{
    Acting, Cycle, CycleEntry, CycleKind, CycleMove, Entry, Form, Ladder, Moment, Move, Phase, Plan, Refused,
    Scene, StandIn, Step, Tally, advance, finish, gather, publish, step,
};

use super::super::any::label;

const NOON_OF_25_MARCH_2026: i64 = 1_774_411_200_000;
/// Who is asked to stand in more than others: a chief, one of the promotion section, director and manager.
const BUSY: [usize; 4] = [1, 5, 8, 9];
const DAY: i64 = 86_400_000;

/// A company of eleven: two of each office that can be in its own way, a chief of another unit, and
/// three customers of the first unit.
pub struct World {
    pub people: Vec<Actor>,
    pub day: i64,
    pub cycle: Cycle,
    pub cycle_trail: Vec<CycleEntry>,
    pub forms: Vec<Form>,
    pub trails: Vec<Vec<Entry>>,
}

/// Something that is tried.
#[derive(Debug, Clone)]
pub enum Try {
    /// Any move by anybody, in anybody's place.
    Anything { form: Index, actor: Index, absent: Option<Index>, wanted: Move, computed: Option<Label> },
    /// One of those that are allowed just then, by the person or by a busy stand-in.
    Onward { form: Index, choice: Index, back: bool, by: Option<Index> },
    /// A step of the cycle.
    Cycle { actor: Index, wanted: CycleMove },
    /// One of the cycle's steps that are allowed just then.
    Ahead,
    /// Days go by.
    Days(i64),
    /// The publication goes on with a form, or ends.
    Publish(Index),
}

pub fn reason() -> Reason {
    Reason::parse("because").unwrap()
}

pub fn plan() -> Plan {
    let note = || Note::parse("as promised").unwrap();
    Plan { service: note(), production: note(), sales: note() }
}

fn every_move() -> Vec<Move> {
    let grades = || [label("A"), label("B"), label("C"), label("X")].into_iter();
    let reasons = || [None, Some(reason())].into_iter();
    let mut all = vec![
        Move::Fill,
        Move::Rate { reason: reason() },
        Move::Admit { reason: reason() },
        Move::SetAside { reason: reason() },
        Move::TakeUp,
        Move::Apply { plan: plan() },
        Move::Review { reason: None },
        Move::Approve { reason: None },
        Move::Refuse { reason: reason() },
        Move::Return { reason: reason() },
        Move::Withdraw { reason: None },
    ];
    for grade in grades() {
        let raised_by = Name::parse("finance").unwrap();
        all.push(Move::Amend { grade: grade.clone(), raised_by, reason: reason() });
        for reason in reasons() {
            all.push(Move::Submit { grade: grade.clone(), reason: reason.clone() });
            all.push(Move::Decide { grade: grade.clone(), reason });
        }
    }
    all
}

pub fn tries() -> impl Strategy<Value = Vec<Try>> {
    let computed = || select(vec![None, Some(label("A")), Some(label("B")), Some(label("C"))]);
    let anything =
        (any::<Index>(), any::<Index>(), any::<Option<Index>>(), select(every_move()), computed()).prop_map(
            |(form, actor, absent, wanted, computed)| Try::Anything { form, actor, absent, wanted, computed },
        );
    let onward = (any::<Index>(), any::<Index>(), prop::bool::weighted(0.15), any::<Option<Index>>())
        .prop_map(|(form, choice, back, by)| Try::Onward { form, choice, back, by });
    let cycle_moves = (0_i64..12).prop_flat_map(|days| {
        let effective = day_at(days);
        select(vec![
            CycleMove::MoveClose { closes: effective, reason: reason() },
            CycleMove::Convene,
            CycleMove::Conclude,
            CycleMove::Publish { effective },
        ])
    });
    let cycle = (any::<Index>(), cycle_moves).prop_map(|(actor, wanted)| Try::Cycle { actor, wanted });
    vec(
        prop_oneof![
            6 => anything,
            12 => onward,
            2 => cycle,
            3 => Just(Try::Ahead),
            2 => (0_i64..4).prop_map(Try::Days),
            3 => any::<Index>().prop_map(Try::Publish),
        ],
        0..120,
    )
}

pub fn moment(day: i64) -> Moment {
    Moment::new(NOON_OF_25_MARCH_2026 + day * DAY).unwrap()
}

fn day_at(day: i64) -> Date {
    moment(day).day()
}

fn ladder() -> Ladder {
    Ladder::new(vec![label("A"), label("B"), label("C")])
}

impl World {
    pub fn new() -> Self {
        let actor = |name: &str, role: Role, unit: &str| Actor {
            user: UserId::parse(name).unwrap(),
            role,
            unit: role.needs_unit().then(|| UnitId::parse(unit).unwrap()),
        };
        let people = vec![
            actor("rep", Role::Rep, "north"),
            actor("chief-1", Role::SectionChief, "north"),
            actor("chief-2", Role::SectionChief, "north"),
            actor("stranger", Role::SectionChief, "south"),
            actor("promotion-1", Role::Promotion, ""),
            actor("promotion-2", Role::Promotion, ""),
            actor("finance", Role::Finance, ""),
            actor("production", Role::Production, ""),
            actor("director", Role::Director, ""),
            actor("manager", Role::GeneralManager, ""),
            actor("admin", Role::Admin, ""),
        ];
        let id = CycleId::parse("y2026").unwrap();
        let (policy, window) = (PolicyId::parse("p1").unwrap(), (day_at(0), day_at(5)));
        let opened = Cycle::open(
            id.clone(),
            CycleKind::Yearly,
            2025,
            policy,
            window,
            Acting::own(&people[4]),
            moment(0),
        )
        .unwrap();
        let ready = gather(&opened.cycle, moment(0)).unwrap();
        let form = |number: usize| {
            let customer = CustomerId::parse(&format!("k{number}")).unwrap();
            let (unit, rep) = (UnitId::parse("north").unwrap(), UserId::parse("rep").ok());
            Form::new(id.clone(), customer, unit, rep, moment(0).at())
        };
        Self {
            people,
            day: 0,
            cycle: ready.cycle,
            cycle_trail: vec![opened.entry, ready.entry],
            forms: (0..3).map(form).collect(),
            trails: vec![Vec::new(); 3],
        }
    }

    pub fn tally(&self) -> Tally {
        self.forms.iter().map(|form| form.state.stage()).collect()
    }

    /// An appointment that holds on some days around the middle.
    fn appointment(&self, actor: &Actor, absent: &Actor) -> StandIn {
        StandIn { absent: absent.clone(), by: actor.user.clone(), from: day_at(1), until: day_at(14) }
    }

    /// Tries a move and keeps what comes of it.
    pub fn make(
        &mut self,
        at: usize,
        actor: &Actor,
        stand_in: Option<&StandIn>,
        wanted: &Move,
        computed: Option<&Label>,
    ) -> Result<(), Refused> {
        let (ladder, now) = (ladder(), moment(self.day));
        let scene = Scene { cycle: &self.cycle, ladder: &ladder, computed, now };
        let next = step(&self.forms[at], wanted, Acting { actor, stand_in }, &scene)?;
        let entry = &next.entry;
        assert_eq!(entry.hand.user, actor.user);
        assert_eq!(entry.hand.on_behalf_of, stand_in.map(|one| one.absent.user.clone()));
        assert_ne!(entry.hand.on_behalf_of.as_ref(), Some(&actor.user));
        assert_eq!(entry.hand.role, stand_in.map_or(actor.role, |one| one.absent.role));
        if let Some(one) = stand_in {
            assert!(one.from <= now.day() && now.day() <= one.until);
        }
        assert_eq!(entry.from, self.forms[at].state.stage());
        assert_eq!(entry.to, next.form.state.stage());
        assert_eq!(entry.round, self.forms[at].round);
        self.forms[at] = next.form;
        self.trails[at].push(next.entry);
        Ok(())
    }

    /// Every move that somebody in their own name may make now, with the form that comes of it.
    pub fn open_moves(&self, at: usize) -> Vec<(Actor, Move, Form)> {
        let (ladder, computed) = (ladder(), label("B"));
        let now = moment(self.day);
        let scene = Scene { cycle: &self.cycle, ladder: &ladder, computed: Some(&computed), now };
        let mut found = Vec::new();
        for actor in &self.people {
            for wanted in every_move() {
                if let Ok(next) = step(&self.forms[at], &wanted, Acting::own(actor), &scene) {
                    found.push((actor.clone(), wanted, next.form));
                }
            }
        }
        found
    }

    fn lead(&mut self, actor: usize, wanted: &CycleMove) {
        let by = Acting::own(&self.people[actor]);
        if let Ok(next) = advance(&self.cycle, wanted, by, self.tally(), moment(self.day)) {
            assert_eq!(self.people[actor].role, Role::Promotion);
            self.cycle = next.cycle;
            self.cycle_trail.push(next.entry);
        }
    }

    pub fn attempt(&mut self, one: &Try) {
        let forms = self.forms.len();
        match one {
            Try::Anything { form, actor, absent, wanted, computed } => {
                let actor = actor.get(&self.people).clone();
                let stand_in = absent.map(|absent| self.appointment(&actor, absent.get(&self.people)));
                let before = self.forms.clone();
                let at = form.index(forms);
                if self.make(at, &actor, stand_in.as_ref(), wanted, computed.as_ref()).is_err() {
                    assert_eq!(before, self.forms);
                }
            }
            Try::Onward { form, choice, back, by } => {
                let at = form.index(forms);
                let mut open = self.open_moves(at);
                // What stays where it is, or leads back, would make most of the walk.
                let here = self.forms[at].state.stage();
                open.retain(|(_, wanted, next)| match wanted.step() {
                    Step::Return | Step::Withdraw => *back,
                    Step::Amend | Step::Admit => true,
                    _ => next.state.stage() != here,
                });
                // Every way leads on alike, whatever the number of people and wordings that open it.
                let ways: BTreeSet<_> =
                    open.iter().map(|(_, wanted, next)| (wanted.step(), next.state.stage())).collect();
                let ways: Vec<_> = ways.into_iter().collect();
                if !ways.is_empty() {
                    let way = *choice.get(&ways);
                    open.retain(|(_, wanted, next)| (wanted.step(), next.state.stage()) == way);
                    let (actor, wanted, _) = choice.get(&open).clone();
                    let computed = Some(&label("B"));
                    match by.map(|by| self.people[*by.get(&BUSY)].clone()) {
                        None => self.make(at, &actor, None, &wanted, computed).unwrap(),
                        // Whether it is refused is for the audit to say.
                        Some(other) => {
                            let appointed = self.appointment(&other, &actor);
                            drop(self.make(at, &other, Some(&appointed), &wanted, computed));
                        }
                    }
                }
            }
            Try::Cycle { actor, wanted } => self.lead(actor.index(self.people.len()), wanted),
            Try::Ahead => {
                let effective = day_at(self.day);
                let wanted = match self.cycle.phase {
                    Phase::Gathering => CycleMove::Convene,
                    Phase::Concluded { .. } if !self.tally().is_ready() => CycleMove::Convene,
                    Phase::Meeting { .. } => CycleMove::Conclude,
                    Phase::Opening { .. }
                    | Phase::Concluded { .. }
                    | Phase::Publishing { .. }
                    | Phase::Published { .. } => CycleMove::Publish { effective },
                };
                self.lead(4, &wanted);
            }
            Try::Days(days) => self.day += days,
            Try::Publish(form) => {
                let (at, now) = (form.index(forms), moment(self.day));
                if let Ok(next) = publish(&self.forms[at], &self.cycle, now) {
                    self.forms[at] = next.form;
                    self.trails[at].push(next.entry);
                }
                if let Ok(next) = finish(&self.cycle, self.tally(), now) {
                    self.cycle = next.cycle;
                    self.cycle_trail.push(next.entry);
                }
            }
        }
    }
}
