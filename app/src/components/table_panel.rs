//! A panel that is one table: its heading names it, it scrolls where it is wider than the page, and on a phone
//! its rows are cards.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What stands above a column.
pub struct Head {
    text: TextProp,
    is_number: bool,
}

impl Head {
    /// Above words, or a bar.
    #[must_use]
    pub fn text(text: impl Into<TextProp>) -> Self {
        Self { text: text.into(), is_number: false }
    }

    /// Above figures, which end on one line.
    #[must_use]
    pub fn number(text: impl Into<TextProp>) -> Self {
        Self { text: text.into(), is_number: true }
    }
}

/// The panel; its children are the rows.
#[component]
pub fn TablePanel(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: TextProp,
    /// What there is to know of the table.
    #[prop(optional, into)]
    note: Option<TextProp>,
    heads: Vec<Head>,
    children: Children,
) -> impl IntoView {
    let head = |Head { text, is_number }: Head| {
        view! {
            <th scope="col" class:fj-table__num=is_number>
                {move || text.get().to_string()}
            </th>
        }
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby=id>
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id=id>
                    {move || title.get().to_string()}
                </h2>
                {note.map(|note| view! { <p class="fj-panel__note">{move || note.get().to_string()}</p> })}
            </header>
            <div class="fj-table-wrap" role="group" aria-labelledby=id tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>{heads.into_iter().map(head).collect_view()}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </div>
        </section>
    }
}
