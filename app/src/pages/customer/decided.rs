//! What a review published for the year, where it is not what the figures entered since give.

use leptos::prelude::*;
use shared::dto::review::GradedYear;
use shared::id::CustomerId;

use crate::components::customer::grade_words;
use crate::components::notice::{Notice, NoticeTone};
use crate::{say, t};

/// The published grade, and where it comes from.
#[component]
pub fn Decided(customer: CustomerId, decided: GradedYear) -> impl IntoView {
    let GradedYear { year, cycle, effective, grade, .. } = decided;
    cycle.zip(effective).map(|(cycle, from)| {
        let form = format!("/reviews/{cycle}/forms/{customer}");
        let title = move || say!(customer.decided.title, year, grade_words(grade.as_ref(), false), from);
        view! {
            <Notice tone=NoticeTone::Info title>
                <p>
                    {t!(customer.decided.text)}
                    " "
                    <a class="fj-link" href=form>
                        {t!(customer.decided.form)}
                    </a>
                </p>
            </Notice>
        }
    })
}
