//! The pages themselves.

use shared::calendar::Date;
use shared::format::{percent_in_column, ten_thousands, whole};
use shared::id::Label;
use shared::ledger::Lang;
use shared::number::{BasisPoints, ratio};
use shared::share::{RatingLine, Rung, SharedRow, Summary, TierLine};

use super::asked::Given;
use super::html::Markup;
use super::texts as say;
use crate::services::share::open::Shown;
use crate::store::share::LinkRow;

/// What stands where nothing is known.
const NONE: &str = "—";

/// The name of a grade besides its key; empty where it is the key again.
pub fn tier_name(lang: Lang, rung: &Rung) -> &str {
    let name = match lang {
        Lang::Zh => &rung.zh,
        Lang::En => &rung.en,
    };
    if *name == rung.tier.as_str() { "" } else { name }
}

/// Who issued a link, and when.
pub fn issued(lang: Lang, link: &LinkRow) -> String {
    say::issued_by(lang, &link.owner_name, &made_on(link))
}

fn made_on(link: &LinkRow) -> Date {
    // The clock was within the calendar when the link was made.
    Date::at(link.made_at).unwrap_or(link.as_at)
}

/// Everything around what a page says.
fn frame(lang: Lang, title: &str, body: impl FnOnce(&mut Markup)) -> String {
    let mut page = Markup::default();
    page.raw("<!doctype html><html lang=\"").text(say::tag(lang)).raw("\"><head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    page.raw("<meta name=\"robots\" content=\"noindex,nofollow\"><meta name=\"format-detection\" content=\"telephone=no\">");
    page.raw("<link rel=\"stylesheet\" href=\"/share.css\"><title>").text(title).raw("</title></head><body>");
    page.raw("<header>").text(say::product(lang)).raw("</header>");
    body(&mut page);
    page.raw("</body></html>");
    page.finish()
}

/// A page that only says something.
fn notice(lang: Lang, title: &str, text: &str) -> String {
    frame(lang, title, |page| {
        page.raw("<main class=\"notice\"><h1>").text(title).raw("</h1><p>").text(text).raw("</p></main>");
    })
}

/// For whatever opens nothing.
pub fn dead(lang: Lang) -> String {
    notice(lang, say::dead_title(lang), say::dead_text(lang))
}

/// After too many wrong tries.
pub fn wait(lang: Lang, seconds: u32) -> String {
    notice(lang, say::wait_title(lang), &say::wait_text(lang, &seconds.div_ceil(60)))
}

/// When the database does not answer.
pub fn failed(lang: Lang) -> String {
    notice(lang, say::failed_title(lang), say::failed_text(lang))
}

/// Asks for the passcode. The form goes to the very address that it was got from.
pub fn passcode(lang: Lang, wrong: bool) -> String {
    frame(lang, say::passcode_title(lang), |page| {
        page.raw("<main class=\"notice\"><h1>").text(say::passcode_title(lang)).raw("</h1><p>");
        page.text(say::passcode_text(lang)).raw("</p><form method=\"post\">");
        page.raw("<label for=\"p\">").text(say::passcode(lang)).raw("</label>");
        page.raw("<input id=\"p\" name=\"passcode\" type=\"password\" autocomplete=\"off\" maxlength=\"40\" required");
        if wrong {
            page.raw(" aria-invalid=\"true\" aria-describedby=\"w\"");
        }
        page.raw(">");
        if wrong {
            page.raw("<p class=\"wrong\" id=\"w\" role=\"alert\">").text(say::wrong(lang)).raw("</p>");
        }
        page.raw("<button>").text(say::open(lang)).raw("</button></form></main>");
    })
}

/// What a link shows, at a page of its list.
pub fn shown(given: &Given, shown: &Shown, number: u32) -> String {
    let (lang, link) = (given.lang, &shown.link);
    let title = say::title(lang, &link.unit_name);
    frame(lang, &title, |page| {
        page.raw("<main><h1>").text(&title).raw("</h1><dl class=\"facts\">");
        fact(page, say::as_at(lang), &link.as_at.to_string());
        fact(page, say::issued(lang), &issued(lang, link));
        fact(page, say::until(lang), &link.until.to_string());
        page.raw("</dl>");
        tiers(page, lang, shown);
        moves(page, lang, &shown.summary);
        if shown.fields().credit {
            ratings(page, lang, &shown.summary.ratings);
        }
        if shown.fields().names {
            list(page, lang, shown, number);
        }
        controls(page, given, shown, number);
        page.raw("</main>");
        foot(page, lang, shown);
    })
}

fn fact(page: &mut Markup, name: &str, value: &str) {
    page.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
}

fn head(page: &mut Markup, text: &str) {
    page.raw("<th scope=\"col\">").text(text).raw("</th>");
}

/// Over figures, which stand at the right.
fn figures_head(page: &mut Markup, text: &str) {
    page.raw("<th scope=\"col\" class=\"n\">").text(text).raw("</th>");
}

fn cell(page: &mut Markup, text: &str) {
    page.raw("<td>").text(text).raw("</td>");
}

fn figure(page: &mut Markup, text: &str) {
    page.raw("<td class=\"n\">").text(text).raw("</td>");
}

fn count(count: u32) -> String {
    whole(count.into())
}

fn percents(ratio: Option<BasisPoints>) -> String {
    ratio.map_or_else(|| NONE.to_owned(), |ratio| format!("{} %", percent_in_column(ratio)))
}

/// How many customers are in each grade.
fn tiers(page: &mut Markup, lang: Lang, shown: &Shown) {
    let (summary, figures) = (&shown.summary, shown.fields().figures);
    page.raw("<section><h2>").text(say::tiers(lang)).raw("</h2><table class=\"sums\"><thead><tr>");
    for name in [say::tier(lang), say::customers(lang), say::share_of(lang), say::before(lang)] {
        head(page, name);
    }
    if figures {
        head(page, say::sales(lang));
    }
    page.raw("</tr></thead><tbody>");
    for line in &summary.tiers {
        tier(page, lang, line, summary.customers, figures);
    }
    page.raw("</tbody><tfoot><tr><th scope=\"row\">").text(say::total(lang)).raw("</th>");
    figure(page, &count(summary.customers));
    page.raw("<td></td><td></td>");
    if figures {
        let known = summary.tiers.iter().filter_map(|line| line.sales).reduce(shared::number::Fen::plus);
        figure(page, &known.map_or_else(|| NONE.to_owned(), ten_thousands));
    }
    page.raw("</tr></tfoot></table>");
    let lacking = summary.tiers.iter().fold(0_u32, |all, line| all.saturating_add(line.lacking));
    if figures && lacking > 0 {
        page.raw("<p class=\"note\">").text(&say::lacking(lang, &count(lacking))).raw("</p>");
    }
    page.raw("</section>");
}

fn tier(page: &mut Markup, lang: Lang, line: &TierLine, all: u32, figures: bool) {
    page.raw("<tr><th scope=\"row\">");
    match &line.tier {
        Some(rung) => {
            page.raw("<b>").text(rung.tier.as_str()).raw("</b> ").text(tier_name(lang, rung));
        }
        None => {
            page.text(say::ungraded(lang));
        }
    }
    page.raw("</th>");
    figure(page, &count(line.customers));
    figure(page, &percents(ratio(line.customers, all)));
    figure(page, if line.tier.is_some() { count(line.before) } else { NONE.to_owned() }.as_str());
    if figures {
        figure(page, &line.sales.map_or_else(|| NONE.to_owned(), ten_thousands));
    }
    page.raw("</tr>");
}

/// How grades have changed; what nobody did is left out.
fn moves(page: &mut Markup, lang: Lang, summary: &Summary) {
    let moves = summary.moves;
    let always = [(say::up(lang), moves.up), (say::down(lang), moves.down), (say::same(lang), moves.same)];
    let rare =
        [(say::fresh(lang), moves.fresh), (say::lost(lang), moves.lost), (say::other(lang), moves.other)];
    page.raw("<section><h2>").text(say::moves(lang)).raw("</h2><dl class=\"moves\">");
    for (name, number) in always.into_iter().chain(rare.into_iter().filter(|(_, number)| *number > 0)) {
        fact(page, name, &count(number));
    }
    page.raw("</dl></section>");
}

fn ratings(page: &mut Markup, lang: Lang, lines: &[RatingLine]) {
    page.raw("<section><h2>").text(say::ratings(lang)).raw("</h2><dl class=\"moves\">");
    for line in lines {
        fact(page, line.rating.as_ref().map_or(say::unrated(lang), Label::as_str), &count(line.customers));
    }
    page.raw("</dl></section>");
}

/// Customers by name.
fn list(page: &mut Markup, lang: Lang, shown: &Shown, number: u32) {
    let fields = shown.fields();
    page.raw("<section><h2>").text(say::list(lang)).raw("</h2>");
    if shown.summary.customers == 0 {
        page.raw("<p>").text(say::nobody(lang)).raw("</p></section>");
        return;
    }
    page.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"")
        .text(say::list(lang))
        .raw("\"><table><thead><tr>");
    for name in [say::name(lang), say::tier(lang), say::before(lang)] {
        head(page, name);
    }
    if fields.figures {
        figures_head(page, say::sales_short(lang));
        figures_head(page, say::collection(lang));
    }
    if fields.credit {
        head(page, say::rating(lang));
    }
    page.raw("</tr></thead><tbody>");
    for row in &shown.rows {
        customer(page, row, fields.figures, fields.credit);
    }
    page.raw("</tbody></table></div>");
    let pages = shown.summary.pages();
    if pages > 1 {
        page.raw("<p class=\"note\">").text(&say::page_of(lang, &number, &pages)).raw("</p>");
    }
    page.raw("</section>");
}

fn customer(page: &mut Markup, row: &SharedRow, figures: bool, credit: bool) {
    let label = |label: &Option<Label>| label.as_ref().map_or_else(|| NONE.to_owned(), ToString::to_string);
    page.raw("<tr><th scope=\"row\">").text(row.name.as_str());
    if row.code.as_str() != row.name.as_str() {
        page.raw(" <small>").text(row.code.as_str()).raw("</small>");
    }
    page.raw("</th><td><b>").text(&label(&row.tier)).raw("</b></td>");
    cell(page, &label(&row.before));
    if figures {
        figure(page, &row.sales.map_or_else(|| NONE.to_owned(), ten_thousands));
        figure(page, &percents(row.collection));
    }
    if credit {
        cell(page, &label(&row.rating));
    }
    page.raw("</tr>");
}

/// A hidden field.
fn hidden(page: &mut Markup, name: &'static str, value: &str) {
    page.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"").text(value).raw("\">");
}

/// Buttons to other pages, the other language and the file: one form, which carries the passcode along, as there is
/// no cookie that could. Without a passcode it only reads, and its pages can be gone back to.
fn controls(page: &mut Markup, given: &Given, shown: &Shown, number: u32) {
    let (lang, pages) = (given.lang, shown.summary.pages());
    let passcode = given.passcode.as_deref().filter(|_| shown.link.passcode.is_some());
    page.raw(if passcode.is_some() {
        "<form method=\"post\" class=\"controls\">"
    } else {
        "<form class=\"controls\">"
    });
    if let Some(passcode) = passcode {
        hidden(page, "passcode", passcode);
    }
    if given.chosen {
        hidden(page, "lang", say::tag(lang));
    }
    if number > 1 {
        // The other language shows the same page; a button that names another comes after this.
        hidden(page, "page", &number.to_string());
    }
    let mut turn = |to: u32, text: &str| {
        page.raw("<button name=\"page\" value=\"").number(to).raw("\">").text(text).raw("</button>");
    };
    if shown.fields().names {
        if number > 1 {
            turn(number - 1, say::previous(lang));
        }
        if number < pages {
            turn(number + 1, say::next(lang));
        }
    }
    if shown.link.sheet {
        page.raw("<button name=\"file\" value=\"xlsx\">").text(say::sheet(lang)).raw("</button>");
    }
    match lang {
        Lang::Zh => page.raw("<button name=\"lang\" value=\"en\" lang=\"en\">English</button>"),
        Lang::En => page.raw("<button name=\"lang\" value=\"zh\" lang=\"zh-CN\">中文</button>"),
    };
    page.raw("</form>");
}

/// How all that is meant.
fn foot(page: &mut Markup, lang: Lang, shown: &Shown) {
    let link = &shown.link;
    let day = made_on(link);
    page.raw("<footer>");
    let says = [
        (true, say::fixed(lang, &day)),
        (day != link.as_at, say::belongs(lang, &day)),
        (day == link.as_at, say::computed(lang).to_owned()),
        (shown.fields().figures, say::figures(lang).to_owned()),
    ];
    for (_, text) in says.into_iter().filter(|(applies, _)| *applies) {
        page.raw("<p>").text(&text).raw("</p>");
    }
    page.raw("</footer>");
}
