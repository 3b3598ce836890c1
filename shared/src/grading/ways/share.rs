//! What some inputs come to in a grade.

use crate::grading::gate::Room;
use crate::grading::sums::Sums;
use crate::number::nearest;

/// What some of a customer's inputs come to: what is earned by them, what weight of them is known, and the
/// room that is left by the gates that ask for them. All else that a grade is made of stays as it is,
/// whatever the customer does. Sums of a thousand indicators fit into 64 bits, whatever their points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) earned: i64,
    pub(super) known: i64,
    pub(super) room: Room,
}

impl Share {
    pub(super) const NOTHING: Self = Self { earned: 0, known: 0, room: Room::ALL };

    /// Worse than any.
    pub(super) const LEAST: Self = Self { earned: i64::MIN, known: i64::MIN, room: Room::LAST };

    pub(super) fn new(sums: Sums, room: Room) -> Self {
        Self { earned: nearest(sums.earned()), known: nearest(sums.weights().0), room }
    }

    /// What two of them come to together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            earned: self.earned.saturating_add(other.earned),
            known: self.known.saturating_add(other.known),
            room: self.room.and(other.room),
        }
    }

    /// What is left when some of it is taken out again; the room stays.
    pub(super) fn less(self, own: Self) -> Self {
        let (earned, known) = (self.earned.saturating_sub(own.earned), self.known.saturating_sub(own.known));
        Self { earned, known, ..self }
    }

    /// In each respect the better of two.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            earned: self.earned.max(other.earned),
            known: self.known.max(other.known),
            room: self.room.or(other.room),
        }
    }

    /// Whether a grade may be better by this than by another, where the score alone decides.
    pub(super) fn may_lift(self, other: Self) -> bool {
        self.earned > other.earned || self.known > other.known || self.room != other.room
    }
}
