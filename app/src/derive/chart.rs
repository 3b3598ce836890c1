//! What the picture module is told: numbers, addresses, the names of colours, and every word. `app/charts.ts`
//! reads it.

use serde::Serialize;
use shared::number::BasisPoints;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// How many went from where to where.
    Flow(Flow),
    /// A share of one thing over a share of another, both from nothing to all.
    Curve(Curve),
}

/// Widths between two columns of nodes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Both columns, each from the top down.
    pub nodes: Vec<Node>,
    /// Between them.
    pub links: Vec<Link>,
}

/// Where something comes from or goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Whether it is in the column where things come from.
    pub before: bool,
    /// What stands beside it.
    pub text: String,
    /// The same as a sentence.
    pub said: String,
    /// The custom property of its colour.
    pub colour: String,
    /// What opens when it is pressed.
    pub href: String,
}

/// How many went from one node to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The place of one among the nodes.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// Its width, at least 1.
    pub many: u64,
    /// A sentence.
    pub said: String,
    /// The custom property of its colour.
    pub colour: &'static str,
    /// What opens when it is pressed.
    pub href: String,
}

/// A curve that begins at nothing of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Curve {
    /// Where it is exact; straight between.
    pub points: Vec<Said>,
    /// What is written beside it.
    pub marks: Vec<Mark>,
    /// Of what a share grows to the right.
    pub across: String,
    /// Of what a share grows upwards.
    pub up: String,
}

/// Shares to the right and upwards.
pub type Place = (BasisPoints, BasisPoints);

/// A point of a curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Where.
    pub at: Place,
    /// A sentence; empty where there is nothing to say.
    pub said: String,
}

/// A point that is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Where.
    pub at: Place,
    /// What stands beside it.
    pub text: String,
}
