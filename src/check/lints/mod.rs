//! Opinions: nothing here makes a guideline wrong, each is probably worth a change. One file each.

pub(super) mod age_without_leap_day;
pub(super) mod assumption_without_ground;
pub(super) mod constant_condition;
pub(super) mod every_of_none;
pub(super) mod exact_code;
pub(super) mod misleading_indentation;
pub(super) mod missing_label;
pub(super) mod missing_language;
pub(super) mod open_list_moves_schedule;
pub(super) mod overlapping_windows;
pub(super) mod random_without_text;
pub(super) mod repeated_condition;
pub(super) mod stigmatising_word;
pub(super) mod unfinished_header;
pub(super) mod unreachable_option;
pub(super) mod unused_code_set;
pub(super) mod unused_definition;
pub(super) mod unused_fact;
pub(super) mod unused_parameter;
pub(super) mod unused_source;
