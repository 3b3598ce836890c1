//! Another person saved the draft meanwhile: both sides in words, and nothing is lost whichever is taken.

use leptos::prelude::*;

use super::bar::Saving;
use super::exchange::download;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::differences::Differences;
use crate::contexts::i18n::lang;
use crate::derive::policy_difference::differences;
use crate::{say, t};

/// The question, while there is one.
#[component]
pub fn ConflictDialog(saving: Saving) -> impl IntoView {
    let studio = saving.studio;
    move || {
        saving.theirs.get().map(|theirs| {
            let (base, mine) =
                studio.sheet.value.with_untracked(|sheet| (sheet.base.clone(), sheet.policy.clone()));
            let my_side = differences(lang(), &base, &mine);
            let their_side = differences(lang(), &base, &theirs.policy);
            let who = theirs.updated_by.to_string();
            let (kept, taken) = (theirs.clone(), theirs);
            view! {
                <Dialog
                    id="conflict"
                    title=t!(studio.conflict.title)
                    on_close=Callback::new(move |()| saving.theirs.set(None))
                >
                    <div class="fj-dialog__body fj-stack">
                        <p>{say!(studio.conflict.text, who)}</p>
                        <h3>{t!(studio.conflict.mine)}</h3>
                        <Differences found=my_side />
                        <h3>{say!(studio.conflict.theirs, who)}</h3>
                        <Differences found=their_side />
                        <p class="fj-muted">{t!(studio.conflict.note)}</p>
                    </div>
                    <footer class="fj-dialog__footer">
                        <Button
                            label=t!(studio.exchange.download)
                            weight=Weight::Quiet
                            on_press=Callback::new(move |()| download(&studio.now()))
                        />
                        <Button
                            label=t!(studio.conflict.take_theirs)
                            on_press=Callback::new(move |()| saving.adopt(&taken))
                        />
                        <Button
                            label=t!(studio.conflict.keep_mine)
                            weight=Weight::Primary
                            on_press=Callback::new(move |()| saving.overrule(&kept))
                        />
                    </footer>
                </Dialog>
            }
        })
    }
}
