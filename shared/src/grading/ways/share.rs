//! What some inputs come to in a grade.

use crate::grading::gate::Room;
use crate::grading::sums::Sums;

/// What some of a customer's inputs come to: what they add to the sums, and the room that is left by the
/// gates that ask for them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) sums: Sums,
    pub(super) room: Room,
}

impl Share {
    pub(super) const NOTHING: Self = Self { sums: Sums::NOTHING, room: Room::ALL };

    /// Whether a grade may be better by this than by another, where the score alone decides.
    pub(super) fn may_lift(self, other: Self) -> bool {
        self.sums.exceeds(other.sums) || self.room != other.room
    }

    /// What two of them come to together.
    pub(super) fn and(self, other: Self) -> Self {
        Self { sums: self.sums.plus(other.sums), room: self.room.and(other.room) }
    }
}
