//! A book of customers graded in the three ways the engine has: with everything explained, plainly, and fast.
//! Native programs call [`Book`]; Node calls it through wasm.

use shared::grading::{Cohort, Compiled, Inputs, Policy};
use wasm_bindgen::prelude::wasm_bindgen;

/// How to grade.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With explanation and ways up, what one customer's page shows.
    Explained,
    /// With explanation, without ways up.
    Plain,
    /// Tier and score alone, what a whole book is regraded with in a rehearsal.
    Fast,
}

/// A policy and its customers, parsed.
#[wasm_bindgen]
pub struct Book {
    policy: Policy,
    customers: Vec<Inputs>,
}

#[wasm_bindgen]
impl Book {
    /// Reads a policy and a list of inputs, both JSON.
    ///
    /// # Errors
    /// What does not parse.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, customers: &str) -> Result<Book, String> {
        let policy = serde_json::from_str(policy).map_err(|error| error.to_string())?;
        let customers = serde_json::from_str(customers).map_err(|error| error.to_string())?;
        Ok(Self { policy, customers })
    }

    /// Grades everybody. The answer is a sum over all scores and tiers, so that nothing can be left out.
    pub fn run(&self, way: Way) -> f64 {
        self.results(way).fold(0, |sum, (tier, score)| sum + score + tier as i64) as f64
    }

    /// Tier position and score of everybody, in hundredths, as `[tier, score, tier, score, …]`.
    pub fn all(&self, way: Way) -> Vec<i32> {
        self.results(way).flat_map(|(tier, score)| [tier as i32, score as i32]).collect()
    }
}

impl Book {
    fn results(&self, way: Way) -> impl Iterator<Item = (usize, i64)> + '_ {
        let cohort: &'static Cohort = Box::leak(Box::default());
        let compiled = Compiled::new(&self.policy, cohort);
        let rank = move |tier: &Option<shared::id::Label>| {
            self.policy.tiers.iter().position(|one| Some(&one.key) == tier.as_ref()).unwrap_or(usize::MAX)
        };
        self.customers.iter().map(move |inputs| match way {
            Way::Explained => {
                let given = compiled.grade(inputs);
                (rank(&given.tier), given.score.get())
            }
            Way::Plain => {
                let given = compiled.grade_plain(inputs);
                (rank(&given.tier), given.score.get())
            }
            Way::Fast => {
                let given = compiled.grade_fast(inputs);
                (given.tier.unwrap_or(usize::MAX), given.score.get())
            }
        })
    }
}
