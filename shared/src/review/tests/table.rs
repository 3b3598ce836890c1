//! The transition table as a text, printed from the functions themselves.

use std::fmt::Write;

use super::{Time, moves, person, samples, stand_in, take};
use crate::permission::{Reach, Role, reach};
use crate::review::{Acting, Form, Move, Refused, Stage, Step, publish};

/// The width of a cell: the longest stage, its arrow and a space.
const WIDE: usize = 20;

/// The width of a sample's name.
const NAME: usize = 32;

/// The width of a move's name.
const MOVE: usize = 14;

/// All of it.
pub(super) fn transitions() -> String {
    let mut text = String::new();
    who(&mut text);
    when(&mut text);
    apart(&mut text);
    text
}

/// One line: a head of its own width, then cells of the same.
fn line(text: &mut String, head: &str, cells: impl IntoIterator<Item = String>) {
    let mut line = head.to_owned();
    for cell in cells {
        write!(line, "{cell:<WIDE$}").unwrap();
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

fn head(name: &str, step: &str) -> String {
    format!("{name:<NAME$}{step:<MOVE$}")
}

/// What the role's own person gets at the time that is best for it.
fn best(form: &Form, wanted: &Move, role: Role) -> Result<Stage, Refused> {
    let actor = person(role);
    let answers: Vec<_> =
        Time::ALL.iter().map(|time| take(form, wanted, Acting::own(&actor), *time)).collect();
    let found = answers.iter().find_map(|answer| answer.as_ref().ok());
    found.map(|next| next.form.state.stage()).ok_or_else(|| answers[4].clone().unwrap_err())
}

fn cell(answer: &Result<Stage, Refused>) -> String {
    match answer {
        Ok(stage) => format!("> {stage}"),
        Err(refused) => refused.rule().to_owned(),
    }
}

/// Whether the move is this role's at this stage, if only another person of the role may make it.
fn is_its(answer: &Result<Stage, Refused>) -> bool {
    !matches!(answer, Err(Refused::Hidden | Refused::Role { .. } | Refused::Stage { .. }))
}

/// The role whose move it is; the chief rather than the rep where it is both's.
fn role_for(form: &Form, wanted: &Move) -> Option<Role> {
    Role::ALL.into_iter().rev().find(|role| is_its(&best(form, wanted, *role)))
}

fn who(text: &mut String) {
    text.push_str("WHO makes which move at which stage, and where it leads or the rule that refuses it.\n");
    text.push_str(
        "Every role in its own name, at the time that is best for it. A role that is not in a line is\n",
    );
    text.push_str(
        "refused by `role`, and the admin, who knows of no customer, by `hidden`. A move after `stage:`\n",
    );
    text.push_str("leads nowhere: who makes it at another stage is refused by `stage`, others by `role`.\n");
    for (name, form) in samples() {
        writeln!(text, "\n{name}").unwrap();
        let mut nowhere = Vec::new();
        for (label, wanted) in moves() {
            let answers = Role::ALL.map(|role| (role, best(&form, &wanted, role)));
            let its: Vec<_> = answers.iter().filter(|(_, answer)| is_its(answer)).collect();
            if its.is_empty() {
                nowhere.push(label);
            }
            let cells = its.iter().map(|(role, answer)| format!("{:<16}{:<16}", role.code(), cell(answer)));
            if !its.is_empty() {
                line(text, &format!("  {label:<MOVE$}"), cells);
            }
            held(name, label, &answers, its.is_empty(), &wanted);
        }
        if let Ok(next) = publish(&form, &Time::Publishing.cycle(), Time::Publishing.now()) {
            let to = format!("{:<16}{}", "the cycle", cell(&Ok(next.form.state.stage())));
            line(text, &format!("  {:<MOVE$}", "publish"), [to]);
        }
        if !nowhere.is_empty() {
            writeln!(text, "  stage: {}", nowhere.join(", ")).unwrap();
        }
    }
}

/// Holds what the head of the table says of those that it does not name.
fn held(name: &str, label: &str, answers: &[(Role, Result<Stage, Refused>)], nowhere: bool, wanted: &Move) {
    for (role, answer) in answers {
        let ever = wanted.step().asks().iter().any(|asks| reach(*role, *asks) != Reach::None);
        let fits = match answer {
            Err(Refused::Hidden) => *role == Role::Admin,
            Err(Refused::Role { .. }) => *role != Role::Admin && !(nowhere && ever),
            Err(Refused::Stage { .. }) => nowhere && ever,
            Ok(_) | Err(_) => ever,
        };
        assert!(fits, "{name} {label} {role:?}: {answer:?}");
    }
}

fn when(text: &mut String) {
    text.push_str("\nWHEN: each of these moves by the role whose it is, through the life of a cycle.\n\n");
    line(text, &head("", ""), Time::ALL.map(|time| format!("{time:?}")));
    for (name, form) in samples() {
        for (label, wanted) in moves() {
            let Some(role) = role_for(&form, &wanted) else { continue };
            let actor = person(role);
            let cells = Time::ALL.map(|time| {
                cell(&take(&form, &wanted, Acting::own(&actor), time).map(|next| next.form.state.stage()))
            });
            line(text, &head(name, label), cells);
        }
        let cells = Time::ALL
            .map(|time| cell(&publish(&form, &time.cycle(), time.now()).map(|next| next.form.state.stage())));
        line(text, &head(name, "publish"), cells);
    }
}

fn apart(text: &mut String) {
    text.push_str(
        "\nAPART: who signed a standing step, in the place of the office that judges it, or holding it.\n",
    );
    text.push_str(
        "`-` where no such step stands. Nobody judges what bears their name, so each line's judge is\n",
    );
    text.push_str("another person than those refused; the meeting may decide anew on what it decided.\n\n");
    let steps =
        [Step::Submit, Step::Decide, Step::Apply, Step::Review, Step::Approve, Step::Refuse, Step::SetAside];
    line(text, &head("", ""), steps.map(|step| step.to_string()));
    for (name, form) in samples() {
        for (label, wanted) in moves() {
            if !matches!(
                wanted.step(),
                Step::Decide | Step::Review | Step::Approve | Step::Refuse | Step::Return
            ) {
                continue;
            }
            let Some(judge) = role_for(&form, &wanted) else { continue };
            let cells = steps.map(|step| {
                let signatures = form.state.signatures();
                let Some((_, signed)) = signatures.iter().rev().find(|(one, _)| *one == step) else {
                    return "-".to_owned();
                };
                let answer = if signed.hand.role == judge {
                    take(&form, &wanted, Acting::own(&person(judge)), Time::Sitting)
                } else {
                    let (actor, appointed) = stand_in(signed.hand.role, judge);
                    let by = Acting { actor: &actor, stand_in: Some(&appointed) };
                    take(&form, &wanted, by, Time::Sitting)
                };
                cell(&answer.map(|next| next.form.state.stage()))
            });
            line(text, &head(name, label), cells);
        }
    }
}
