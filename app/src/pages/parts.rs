//! Pages that nobody needs for the first screen. The build cuts the module at these functions; the
//! code, texts and tables that only such a page uses are fetched when it is first opened.
//!
//! A part is a group of pages that are used together and come together. What two parts share and
//! the first screen does not use becomes a chunk of its own, by itself.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::customer::{CustomerPage, FiguresPage};
use super::dashboard::DashboardPage;
use super::home::HomePage;
use super::import::ImportPage;
use super::links::LinksPage;
use super::meeting::MeetingPage;
use super::minutes::{AListPage, MinutesPage};
use super::newcomers::NewcomersPage;
use super::password::{FirstPasswordPage, PasswordPage};
use super::policy::PolicyPage;
use super::quarters::QuartersPage;
use super::review::{FormsPage, ReviewPage};
use super::review_form::ReviewFormPage;
use super::setup::SetupPage;
use super::stand_ins::StandInsPage;
use super::studio::{ComparePage, EditorPage, RehearsalPage};
use super::units::UnitsPage;
use super::users::UsersPage;
use crate::client::{Answer, ApiError};
use crate::components::load::Load;

/// Builds a page.
type Page = fn() -> AnyView;

impl From<SplitLoaderError> for ApiError {
    fn from(_: SplitLoaderError) -> Self {
        Self::Offline
    }
}

macro_rules! parts {
    ($($part:ident { $($lazy:ident, $open:ident, $fetch:ident, $page:ident;)+ })+) => { $($(
        #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload($fetch), fallible)]
        fn $open() -> Answer<Page> {
            Ok(|| view! { <$page /> }.into_any())
        }

        /// The page of that name, fetched when it is first opened.
        #[component]
        pub fn $lazy() -> impl IntoView {
            let data = LocalResource::new($open);
            view! { <Load data let:page>{page()}</Load> }
        }
    )+)+ };
}

parts! {
    customer {
        LazyCustomer, open_customer, fetch_customer, CustomerPage;
        LazyFigures, open_figures, fetch_figures, FiguresPage;
    }
    import {
        LazyImport, open_import, fetch_import, ImportPage;
    }
    review {
        LazyReview, open_review, fetch_review, ReviewPage;
        LazyForms, open_forms, fetch_forms, FormsPage;
        LazyReviewForm, open_review_form, fetch_review_form, ReviewFormPage;
    }
    home {
        LazyHome, open_home, fetch_home, HomePage;
        LazyNewcomers, open_newcomers, fetch_newcomers, NewcomersPage;
        LazyQuarters, open_quarters, fetch_quarters, QuartersPage;
        LazyStandIns, open_stand_ins, fetch_stand_ins, StandInsPage;
    }
    dashboard {
        LazyDashboard, open_dashboard, fetch_dashboard, DashboardPage;
    }
    links {
        LazyLinks, open_links, fetch_links, LinksPage;
    }
    meeting {
        LazyMeeting, open_meeting, fetch_meeting, MeetingPage;
        LazyMinutes, open_minutes, fetch_minutes, MinutesPage;
        LazyAList, open_a_list, fetch_a_list, AListPage;
    }
    office {
        LazyUsers, open_users, fetch_users, UsersPage;
        LazyUnits, open_units, fetch_units, UnitsPage;
        LazyPolicy, open_policy, fetch_policy, PolicyPage;
        LazySetup, open_setup, fetch_setup, SetupPage;
        LazyPassword, open_password, fetch_password, PasswordPage;
        LazyFirstPassword, open_first_password, fetch_first_password, FirstPasswordPage;
    }
    editor {
        LazyEditor, open_editor, fetch_editor, EditorPage;
    }
    studio {
        LazyCompare, open_compare, fetch_compare, ComparePage;
        LazyRehearsal, open_rehearsal, fetch_rehearsal, RehearsalPage;
    }
}

/// Grades from JSON to JSON by the code of the customer's part.
///
/// # Errors
/// [`ApiError`] when the part does not come; inside what is wrong with the arguments.
#[wasm_split(customer, wasm_split_path = leptos::wasm_split, fallible)]
pub fn grade_text(policy: String, cohort: String, inputs: String) -> Answer<Result<String, String>> {
    Ok(shared::grading::grade_json(&policy, &cohort, &inputs))
}

/// Fetches the part that is most likely opened next, so that opening it takes no time. A failure
/// is no news here: it shows when the page is opened.
pub fn expect_customer() {
    spawn_local(async {
        fetch_customer().await.ok();
    });
}
