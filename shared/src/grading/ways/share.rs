//! What some inputs come to in a grade.

use crate::grading::gate::Room;
use crate::grading::sums::Sums;

/// What some of a customer's inputs come to: what is earned by them, what weight of them is known, and the
/// room that is left by the gates that ask for them. All else that a grade is made of stays as it is,
/// whatever the customer does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) earned: i128,
    pub(super) known: i128,
    pub(super) room: Room,
}

impl Share {
    pub(super) const NOTHING: Self = Self { earned: 0, known: 0, room: Room::ALL };

    /// Worse than any.
    pub(super) const LEAST: Self = Self { earned: i128::MIN, known: i128::MIN, room: Room::LAST };

    pub(super) fn new(sums: Sums, room: Room) -> Self {
        Self { earned: sums.earned(), known: sums.weights().0, room }
    }

    /// What two of them come to together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            earned: self.earned + other.earned,
            known: self.known + other.known,
            room: self.room.and(other.room),
        }
    }

    /// What is left when some of it is taken out again; the room stays.
    pub(super) fn less(self, own: Self) -> Self {
        Self { earned: self.earned - own.earned, known: self.known - own.known, ..self }
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
