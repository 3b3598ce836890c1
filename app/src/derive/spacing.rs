//! The space between Chinese characters and figures: one beside a figure or a letter, none
//! between two Chinese characters. Texts put together from pieces are set right here.

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The text with its spaces set right.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        if c == ' ' && is_chinese(before) && is_chinese(after) {
            continue;
        }
        out.push(c);
        if (c == '%' || c.is_ascii_alphanumeric()) && is_ideograph(after) {
            out.push(' ');
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_beside_figures_only() {
        for (text, expected) in [
            ("500 万元 至不足 1,000 万元 一档", "500 万元至不足 1,000 万元一档"),
            ("低于 80 %时", "低于 80 % 时"),
            ("为 D时", "为 D 时"),
            ("82 %，得 13 分", "82 %，得 13 分"),
            ("90 天 ，得", "90 天，得"),
            ("82 %, in the band", "82 %, in the band"),
        ] {
            assert_eq!(tidy(text), expected);
        }
    }
}
