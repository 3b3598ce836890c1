//! The steps of the review as the form's page offers them: which, what each has to be told, and what is
//! sent.

use shared::calendar::Date;
use shared::dto::review::{FormView, MoveForm};
use shared::grading::Measure;
use shared::id::{Label, Name, Note, Reason, StandInId};
use shared::number::Fen;
use shared::problem::FieldProblem;
use shared::review::{
    Credit, CreditFault, Hand, Ladder, Moment, Move, Plan, Rating, Scene, Step, Terms, Writing, lacks_reason,
};

use super::edit::Touched;
use super::measure;
use super::problem::{explain_in, field_problem, parse_day, text_problem};
use super::review_form::code;
use super::review_trail;
use crate::client::ApiError;
use crate::say;

/// The fields of a step, by their names on the wire.
pub mod field {
    /// The grade proposed or decided on.
    pub const GRADE: &str = "wanted.grade";
    /// Why.
    pub const REASON: &str = "wanted.reason";
    /// Who asked for an amendment.
    pub const RAISED_BY: &str = "wanted.raised_by";
    /// How the customer is served.
    pub const SERVICE: &str = "wanted.plan.service";
    /// How production supports it.
    pub const PRODUCTION: &str = "wanted.plan.production";
    /// How sales support it.
    pub const SALES: &str = "wanted.plan.sales";
    /// The credit rating.
    pub const RATING: &str = "credit.rating";
    /// The credit limit.
    pub const LIMIT: &str = "credit.limit";
    /// The kind of settlement.
    pub const TERMS: &str = "credit.terms";
    /// The days of settlement.
    pub const DAYS: &str = "credit.terms.days";
    /// What was agreed of a special one.
    pub const AGREED: &str = "credit.terms.agreed";
    /// The last day of a credit.
    pub const UNTIL: &str = "credit.until";
}

/// A step that somebody could take, for oneself or in an absent person's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub step: Step,
    /// Under which appointment, and for whom.
    pub acting: Option<(StandInId, Name)>,
}

/// Whether a step brings the form on, so that it is what is asked for.
#[must_use]
pub const fn is_forward(step: Step) -> bool {
    matches!(step, Step::Submit | Step::TakeUp | Step::Decide | Step::Apply | Step::Review | Step::Approve)
}

/// What can be done where a step is asked, that one first unless another comes before it in the process: who
/// must choose has the choice at hand.
#[must_use]
pub const fn choices(asked: Step) -> &'static [Step] {
    match asked {
        Step::SetAside => &[Step::Admit, Step::SetAside],
        Step::Review => &[Step::Review, Step::Return, Step::Refuse],
        Step::Approve => &[Step::Approve, Step::Return, Step::Refuse],
        Step::Submit => &[Step::Submit],
        Step::Rate => &[Step::Rate],
        Step::TakeUp => &[Step::TakeUp],
        Step::Decide => &[Step::Decide],
        Step::Apply => &[Step::Apply],
        // To fill it in has the form's own page; the others are asked of nobody.
        Step::Fill
        | Step::Admit
        | Step::Amend
        | Step::Refuse
        | Step::Return
        | Step::Withdraw
        | Step::Publish => &[],
    }
}

/// The steps to be offered, what brings the form on first; to fill it in has its own place. What a person
/// can do in the own name is not offered in another's.
#[must_use]
pub fn offers(view: &FormView) -> Vec<Offer> {
    let own = view.may.iter().map(|step| Offer { step: *step, acting: None });
    let others = view.acting_for.iter().flat_map(|one| {
        let steps = one.may.iter().filter(|step| !view.may.contains(step));
        steps.map(|step| Offer { step: *step, acting: Some((one.stand_in.clone(), one.name.clone())) })
    });
    let mut all: Vec<Offer> = own.chain(others).filter(|offer| offer.step != Step::Fill).collect();
    all.sort_by_key(|offer| (offer.acting.is_some(), !is_forward(offer.step)));
    all
}

/// In whose place the form can be filled in: `None` not at all, `Some(None)` for oneself.
#[must_use]
pub fn filling(view: &FormView) -> Option<Option<(StandInId, Name)>> {
    if view.may.contains(&Step::Fill) {
        return Some(None);
    }
    let other = view.acting_for.iter().find(|one| one.may.contains(&Step::Fill))?;
    Some(Some((other.stand_in.clone(), other.name.clone())))
}

/// In whose place a step is taken, when it is not for oneself or nobody may take it.
#[must_use]
pub fn in_place(view: &FormView, step: Step) -> Option<StandInId> {
    let offer = offers(view).into_iter().find(|offer| offer.step == step)?;
    offer.acting.map(|(stand_in, _)| stand_in)
}

/// What a step has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// A grade.
    pub grade: bool,
    /// Who asked for it at the meeting.
    pub raised_by: bool,
    /// The three parts of a plan.
    pub plan: bool,
    /// Rating, limit and terms.
    pub credit: bool,
    /// A reason or a remark.
    pub reason: bool,
}

impl Asks {
    /// Of a step.
    #[must_use]
    pub const fn of(step: Step) -> Self {
        Self {
            grade: matches!(step, Step::Submit | Step::Amend | Step::Decide),
            raised_by: matches!(step, Step::Amend),
            plan: matches!(step, Step::Apply),
            credit: matches!(step, Step::Rate),
            reason: !matches!(step, Step::Fill | Step::TakeUp | Step::Apply | Step::Publish),
        }
    }
}

/// What a step begins with: the grade that is likely, the credit as it is, and the plan of an application
/// that was returned.
#[must_use]
pub fn beginning(step: Step, view: &FormView, computed: Option<&Label>) -> Touched {
    let mut said = Touched::new();
    let asks = Asks::of(step);
    let table = view.form.state.grade();
    if let Some(grade) = table.or(computed).filter(|_| asks.grade) {
        said.insert(field::GRADE.to_owned(), grade.to_string());
    }
    if let Some(credit) = view.credit.as_ref().filter(|_| asks.credit) {
        said.insert(field::RATING.to_owned(), code(&credit.rating));
        said.insert(field::LIMIT.to_owned(), measure::field(Measure::Money, credit.limit.get()));
        let kind = match &credit.terms {
            Terms::Cash => "cash",
            Terms::Days { days } => {
                said.insert(field::DAYS.to_owned(), days.to_string());
                "days"
            }
            Terms::Monthly => "monthly",
            Terms::Special { agreed } => {
                said.insert(field::AGREED.to_owned(), agreed.to_string());
                "special"
            }
        };
        said.insert(field::TERMS.to_owned(), kind.to_owned());
        if let Some(until) = credit.until {
            said.insert(field::UNTIL.to_owned(), until.to_string());
        }
    }
    if let Some(plan) = review_trail::last_plan(&view.trail).filter(|_| asks.plan) {
        said.insert(field::SERVICE.to_owned(), plan.service.to_string());
        said.insert(field::PRODUCTION.to_owned(), plan.production.to_string());
        said.insert(field::SALES.to_owned(), plan.sales.to_string());
    }
    said
}

/// Who asks, when, and by which grades.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Whoever is at the keyboard.
    pub hand: Hand,
    /// Now.
    pub now: Moment,
    /// The grades of the cycle's policy.
    pub ladder: Ladder,
}

/// Whether a step needs a reason with this grade: because every such step does, or because the review
/// refuses the grade without one.
#[must_use]
pub fn needs_reason(
    step: Step,
    grade: Option<&Label>,
    view: &FormView,
    computed: Option<&Label>,
    asker: &Asker,
) -> bool {
    let wanted = match (step, grade) {
        (Step::Rate | Step::Admit | Step::SetAside | Step::Amend | Step::Refuse | Step::Return, _) => {
            return true;
        }
        (Step::Submit, Some(grade)) => Move::Submit { grade: grade.clone(), reason: None },
        (Step::Decide, Some(grade)) => Move::Decide { grade: grade.clone(), reason: None },
        _ => return false,
    };
    let scene = Scene { cycle: &view.cycle, ladder: &asker.ladder, computed, now: asker.now };
    lacks_reason(&view.form, &wanted, &asker.hand, &scene)
}

/// Reads texts and collects what is wrong with them.
struct Reader<'a> {
    said: &'a Touched,
    today: Date,
    wrong: Vec<FieldProblem>,
}

impl Reader<'_> {
    fn text(&self, field: &str) -> &str {
        self.said.get(field).map_or("", |text| text.trim())
    }

    fn taken<T>(&mut self, read: Result<T, FieldProblem>) -> Option<T> {
        read.map_err(|wrong| self.wrong.push(wrong)).ok()
    }

    fn parsed<T>(&mut self, field: &str, parse: fn(&str) -> Result<T, shared::id::BadText>) -> Option<T> {
        let read = parse(self.text(field));
        let read = read.map_err(|wrong| {
            text_problem(field, Some(wrong)).unwrap_or_else(|| field_problem(field, "required"))
        });
        self.taken(read)
    }

    /// A reason that may be left out.
    fn remark(&mut self) -> Option<Reason> {
        if self.text(field::REASON).is_empty() { None } else { self.parsed(field::REASON, Reason::parse) }
    }

    fn terms(&mut self) -> Option<Terms> {
        match self.text(field::TERMS) {
            "cash" => Some(Terms::Cash),
            "monthly" => Some(Terms::Monthly),
            "special" => self.parsed(field::AGREED, Note::parse).map(|agreed| Terms::Special { agreed }),
            "days" => {
                let days = self.text(field::DAYS).parse();
                self.taken(days.map_err(|_no_number| field_problem(field::DAYS, "term_days")))
                    .map(|days| Terms::Days { days })
            }
            _ => self.taken(Err(field_problem(field::TERMS, "required"))),
        }
    }

    fn credit(&mut self) -> Option<Credit> {
        let rating = Rating::ALL.into_iter().find(|one| one.code() == self.text(field::RATING));
        let rating = self.taken(rating.ok_or_else(|| field_problem(field::RATING, "required")));
        let limit = match measure::parse(Measure::Money, self.text(field::LIMIT)) {
            Ok(Some(fen)) => Fen::new(fen).map_err(|_out_of_range| field_problem(field::LIMIT, "range")),
            Ok(None) => Err(field_problem(field::LIMIT, "required")),
            Err(_unreadable) => Err(field_problem(field::LIMIT, "amount")),
        };
        let limit = self.taken(limit);
        let terms = self.terms();
        let until = self.text(field::UNTIL);
        let until =
            if until.is_empty() { Some(None) } else { self.taken(parse_day(field::UNTIL, until)).map(Some) };
        let faults = CreditFault::of(limit, terms.as_ref(), until.flatten(), self.today);
        self.wrong.extend(
            faults.iter().map(|fault| field_problem(&format!("credit.{}", fault.field()), fault.code())),
        );
        Some(Credit { rating: rating?, limit: limit?, terms: terms?, until: until? })
    }
}

/// What is sent for a step.
///
/// # Errors
/// What is wrong with which field.
pub fn told(
    offer: &Offer,
    said: &Touched,
    today: Date,
    needs_reason: bool,
    content: Option<Writing>,
) -> Result<MoveForm, Vec<FieldProblem>> {
    let mut reader = Reader { said, today, wrong: Vec::new() };
    let (wanted, credit) = read(offer.step, &mut reader, needs_reason);
    match wanted {
        Some(wanted) if reader.wrong.is_empty() => Ok(MoveForm {
            wanted,
            content,
            credit,
            stand_in: offer.acting.as_ref().map(|(stand_in, _)| stand_in.clone()),
        }),
        _ => Err(reader.wrong),
    }
}

fn read(step: Step, from: &mut Reader<'_>, needs_reason: bool) -> (Option<Move>, Option<Credit>) {
    let asks = Asks::of(step);
    // Everything is read before anything is missed, so that all that is wrong is said at once.
    let grade = if asks.grade { from.parsed(field::GRADE, Label::parse) } else { None };
    let raised_by = if asks.raised_by { from.parsed(field::RAISED_BY, Name::parse) } else { None };
    let plan = if asks.plan {
        let service = from.parsed(field::SERVICE, Note::parse);
        let production = from.parsed(field::PRODUCTION, Note::parse);
        let sales = from.parsed(field::SALES, Note::parse);
        service.zip(production).zip(sales).map(|((service, production), sales)| Plan {
            service,
            production,
            sales,
        })
    } else {
        None
    };
    let credit = if asks.credit { from.credit() } else { None };
    let reason = if needs_reason { from.parsed(field::REASON, Reason::parse) } else { from.remark() };
    let wanted = match step {
        Step::Rate => reason.map(|reason| Move::Rate { reason }),
        Step::Submit => grade.map(|grade| Move::Submit { grade, reason }),
        Step::Admit => reason.map(|reason| Move::Admit { reason }),
        Step::SetAside => reason.map(|reason| Move::SetAside { reason }),
        Step::TakeUp => Some(Move::TakeUp),
        Step::Amend => grade.zip(raised_by).zip(reason).map(|((grade, raised_by), reason)| Move::Amend {
            grade,
            raised_by,
            reason,
        }),
        Step::Decide => grade.map(|grade| Move::Decide { grade, reason }),
        Step::Apply => plan.map(|plan| Move::Apply { plan }),
        Step::Review => Some(Move::Review { reason }),
        Step::Approve => Some(Move::Approve { reason }),
        Step::Refuse => reason.map(|reason| Move::Refuse { reason }),
        Step::Return => reason.map(|reason| Move::Return { reason }),
        Step::Withdraw => Some(Move::Withdraw { reason }),
        Step::Fill | Step::Publish => None,
    };
    (wanted, credit)
}

/// Why the review refuses a step, by the rule's code; `None` for any other code.
#[must_use]
pub fn refusal(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "role" => say!(review_form.refused.role),
        "stage" => say!(review_form.refused.stage),
        "other_cycle" => say!(review_form.refused.other_cycle),
        "window" => say!(review_form.refused.window),
        "before_close" => say!(review_form.refused.before_close),
        "no_meeting" => say!(review_form.refused.no_meeting),
        "frozen" => say!(review_form.refused.frozen),
        "not_publishing" => say!(review_form.refused.not_publishing),
        "own_step" => say!(review_form.refused.own_step),
        "stand_in" => say!(review_form.refused.stand_in),
        "no_reason" => say!(review_form.refused.no_reason),
        "unknown_grade" => say!(review_form.refused.unknown_grade),
        "top_refused" => say!(review_form.refused.top_refused),
        "open" => say!(review_form.refused.open),
        "phase" => say!(review_form.refused.phase),
        "day" => say!(review_form.refused.day),
        "cycle_open" => say!(newcomer.refused.cycle_open),
        "nobody_due" => say!(newcomer.refused.nobody_due),
        "not_new" => say!(newcomer.refused.not_new),
        "overdue" => say!(newcomer.refused.overdue),
        _ => return None,
    })
}

/// What went wrong with a step, in the words of the rule where a rule refused it.
#[must_use]
pub fn explain(error: &ApiError) -> String {
    explain_in(refusal, error)
}

#[cfg(test)]
mod tests;
