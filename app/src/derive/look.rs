//! How a tier looks, wherever it is drawn.

use shared::grading::{Colour, Tier};
use shared::id::Label;

/// The outline is that of the rank, and so is the colour unless the policy chose another. By default, no tier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Its rank, 1 the best; past all others where the policy does not know the tier.
    pub rank: Option<usize>,
    /// The colour that the policy chose.
    pub colour: Option<Colour>,
}

impl Look {
    /// Of a tier by its name, among those of a policy, best first.
    #[must_use]
    pub fn of(tiers: &[Tier], tier: Option<&Label>) -> Self {
        let Some(tier) = tier else { return Self::default() };
        match tiers.iter().position(|one| one.key == *tier) {
            Some(at) => Self::at(tiers, at),
            None => Self { rank: Some(usize::MAX), colour: None },
        }
    }

    /// Of the tier at a place, 0 the best.
    #[must_use]
    pub fn at(tiers: &[Tier], at: usize) -> Self {
        Self { rank: Some(at.saturating_add(1)), colour: tiers.get(at).and_then(|tier| tier.colour) }
    }

    /// The classes that draw it; empty for no tier.
    #[must_use]
    pub fn class(self) -> String {
        let rank = match self.rank {
            None => return String::new(),
            Some(rank @ 1..=8) => format!("fj-tier--{rank}"),
            Some(_) => "fj-tier--n".to_owned(),
        };
        match self.colour {
            None => rank,
            Some(colour) => format!("{rank} fj-colour--{}", pigment(colour).0),
        }
    }

    /// The custom property of its colour, for what is drawn without classes.
    #[must_use]
    pub fn property(self) -> String {
        match (self.colour, self.rank) {
            (Some(colour), _) => format!("--{}", pigment(colour).1),
            (None, Some(rank @ 1..=8)) => format!("--tier-{rank}"),
            (None, Some(_)) => "--ink-soft".to_owned(),
            (None, None) => "--hatch".to_owned(),
        }
    }
}

/// The name of a colour in the style, and the token it stands for.
const fn pigment(colour: Colour) -> (&'static str, &'static str) {
    match colour {
        Colour::Vermilion => ("vermilion", "tier-1"),
        Colour::Prussian => ("prussian", "tier-2"),
        Colour::Slate => ("slate", "tier-3"),
        Colour::Pine => ("pine", "tier-4"),
        Colour::Ochre => ("ochre", "tier-5"),
        Colour::Plum => ("plum", "tier-6"),
        Colour::Teal => ("teal", "tier-7"),
        Colour::Umber => ("umber", "tier-8"),
        Colour::Plain => ("plain", "ink-soft"),
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::default_policy;

    use super::*;

    #[test]
    fn a_tier_looks_as_its_policy_chose() {
        let mut tiers = default_policy().unwrap().tiers;
        let own = tiers[1].key.clone();
        let other = Label::parse("Z").unwrap();
        for tier in &mut tiers {
            tier.colour = None;
        }
        let said = |look: Look| (look.class(), look.property());
        assert_eq!(said(Look::of(&tiers, Some(&own))), ("fj-tier--2".into(), "--tier-2".into()));
        tiers[1].colour = Some(Colour::Pine);
        assert_eq!(
            said(Look::of(&tiers, Some(&own))),
            ("fj-tier--2 fj-colour--pine".into(), "--tier-4".into())
        );
        assert_eq!(said(Look::of(&tiers, Some(&other))), ("fj-tier--n".into(), "--ink-soft".into()));
        assert_eq!(said(Look::of(&tiers, None)), (String::new(), "--hatch".into()));
    }

    #[test]
    fn the_style_has_every_colour() {
        let style = include_str!("../../../style/components/colour.css");
        for colour in Colour::ALL {
            let (class, token) = pigment(colour);
            let rule = format!(".fj-colour--{class}.fj-colour--{class} {{ --tier: var(--{token}); }}");
            assert!(style.contains(&rule), "{rule}");
        }
    }
}
