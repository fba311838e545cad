//! Spans of text that name a person, place, organisation, date or quantity.

pub mod gazetteer;
pub mod date;
pub mod name;
pub mod number;
pub mod quantity;

use serde::{Deserialize, Serialize};

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A human being, without title and possessive.
    Person,
    /// A geographic or political name, or a named building or venue.
    Place,
    /// A body that acts: firm, party, ministry, club, school, media.
    Organisation,
    /// A calendar date or a span of the calendar.
    Date,
    /// A number with what it counts or measures, durations and ages included.
    Quantity,
}
