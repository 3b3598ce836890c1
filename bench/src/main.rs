//! The engine natively beside the crate `zen-engine`: the same policy, the same customers, in turn.
//!
//! `bench FOLDER ROUNDS` reads `policy.json`, `customers.json`, `flat.json` (what zen reads) and `zen-*.json`
//! (the policy as zen's decisions) and prints one JSON object a line: `{name, peer, ours_ms, peer_ms}`, each
//! a list with one figure a round.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use bench::{Book, Way};
use futures::executor::block_on;
use serde_json::{Value, json};
use zen_engine::{DecisionEngine, EvaluationOptions};
use zen_engine::model::DecisionContent;

type Failure = Box<dyn std::error::Error>;

fn milliseconds(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64() * 1_000.0
}

fn main() -> Result<(), Failure> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is missing")?;
    let rounds: usize = arguments.next().ok_or("the rounds are missing")?.parse()?;
    let read = |name: &str| fs::read_to_string(Path::new(&folder).join(name));

    let book = Book::new(&read("policy.json")?, &read("customers.json")?)?;
    let flat: Vec<Value> = serde_json::from_str(&read("flat.json")?)?;
    let ours = book.all(Way::Explained);
    assert_eq!(ours, book.all(Way::Plain), "plain");
    assert_eq!(ours, book.all(Way::Fast), "fast");

    for model in ["tables", "expressions"] {
        let content: DecisionContent = serde_json::from_str(&read(&format!("zen-{model}.json"))?)?;
        let mut decision = DecisionEngine::default().create_decision(content.into())?;
        decision.compile();
        let zen = |customer: &Value, trace| {
            let options = EvaluationOptions { trace, ..EvaluationOptions::default() };
            block_on(decision.evaluate_with_opts(customer.clone().into(), options))
        };
        for (index, customer) in flat.iter().enumerate() {
            let given = zen(customer, false).map_err(|error| error.to_string())?.result.to_value();
            let mine = json!({"tier": ours[2 * index], "score": ours[2 * index + 1]});
            assert!(
                same(&given, &mine),
                "customer {index}: zen says {given}, ours is {mine}"
            );
        }
        let peer = format!("zen-engine, {model}");
        let traced = format!("{peer}, traced");
        for (name, way, peer, trace) in [
            ("explained", Way::Explained, &peer, false),
            ("explained", Way::Explained, &traced, true),
            ("plain", Way::Plain, &peer, false),
            ("plain", Way::Plain, &traced, true),
            ("fast", Way::Fast, &peer, false),
        ] {
            let (mut mine, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                mine.push(milliseconds(|| {
                    black_box(book.run(way));
                }));
                theirs.push(milliseconds(|| {
                    for customer in &flat {
                        black_box(zen(customer, trace).ok());
                    }
                }));
            }
            println!("{}", json!({"name": name, "peer": peer, "ours_ms": mine, "peer_ms": theirs}));
        }
    }
    Ok(())
}

/// Both name the same tier and score, whether as integers or as decimals.
fn same(one: &Value, other: &Value) -> bool {
    ["tier", "score"].iter().all(|key| match (one[key].as_f64(), other[key].as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-6,
        _ => false,
    })
}
