//! How complete the data is: of how many customers the latest grade lacks which indicator.

use leptos::prelude::*;
use shared::book::{Lack, by_indicator};
use shared::id::UnitId;
use shared::number::ratio;

use super::tiers::share;
use crate::components::table_panel::{Head, TablePanel};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::customers::View;
use crate::derive::format::count;
use crate::derive::sentences::name_of;
use crate::t;

/// The table, each indicator of the policy in its order.
#[component]
pub fn Completeness(
    lacks: Vec<Lack>,
    customers: u64,
    policy: Published,
    unit: Option<UnitId>,
) -> impl IntoView {
    let row = |(indicator, many)| {
        let href = View { unit: unit.clone(), lacks: Some(indicator), ..View::default() };
        let (policy, key) = (policy.clone(), href.lacks.clone());
        let name = move || key.as_ref().map(|key| name_of(lang(), &policy.policy, key));
        let many_of = if many == 0 {
            "0".into_any()
        } else {
            view! {
                <a class="fj-link fj-link--row" href=href.address()>
                    {count(many)}
                </a>
            }
            .into_any()
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="fj-table__num" data-label=t!(dashboard.missing)>
                    {many_of}
                </td>
                <td data-label=t!(dashboard.lacking)>{share(ratio(many, customers), "")}</td>
            </tr>
        }
    };
    let rows = by_indicator(&policy.policy, &lacks).into_iter().map(row).collect_view();
    let heads = vec![
        Head::text(t!(dashboard.indicator)),
        Head::number(t!(dashboard.missing)),
        Head::text(t!(dashboard.lacking)),
    ];
    view! {
        <TablePanel id="dashboard-lacks" title=t!(dashboard.lacks) note=t!(dashboard.lacks_note) heads>
            {rows}
        </TablePanel>
    }
}
