//! Markup by construction: what is not a literal of this source is text, and text is escaped.

/// Markup under way, of HTML or XML.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Adds markup, which only the source can hold: no value of a request or of the database lives that long.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds a text, as content or between the double quotes of an attribute. Characters that XML does not know are
    /// left out.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\t' => self.0.push(c),
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: impl Into<i64>) -> &mut Self {
        self.0.push_str(&number.into().to_string());
        self
    }

    /// The markup.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let mut page = Markup::default();
        page.raw("<p title=\"")
            .text("\" onload=\"x")
            .raw("\">")
            .text("<img src=x onerror='a'>&\u{0}\u{ffff}")
            .raw("</p>");
        assert_eq!(
            page.finish(),
            "<p title=\"&quot; onload=&quot;x\">&lt;img src=x onerror=&#39;a&#39;&gt;&amp;</p>"
        );
    }
}
