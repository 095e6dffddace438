//! On which of several unknown things an answer depends: a decision diagram over their possible answers.
//!
//! Each leaf condition is a table over the few things that it looks at. The diagram is built from the first thing to the
//! last; states in which the same tables are left are one state, so that it stays small for guidelines as they are written.

use crate::value::Truth;
use std::collections::HashMap;

/// A leaf condition as a function of the things that it looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Table {
    /// The things, ascending, none twice.
    things: Vec<usize>,
    /// The answer for each choice of answers; the last thing's answers vary fastest.
    answers: Vec<Truth>,
}

/// What is known of the answer when some leaves are known.
pub(super) struct View {
    /// The answer, a small number; settled answers stay whatever the unknown leaves turn out to be.
    pub(super) status: u64,
    pub(super) settled: bool,
    /// By leaf: whether it can still make a difference.
    pub(super) live: Vec<bool>,
    /// All that the answer still needs of the leaves that are known: of `at least 3 of (…)` how many are left to find.
    pub(super) residue: Vec<u32>,
}

/// How much may still be done. What one diagram does not use is left for the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// States of one diagram.
    pub(super) states: usize,
    /// Looks at one leaf, over all diagrams.
    pub(super) looks: u64,
}

/// By thing, whether the answer depends on it; `None` when the budget was used up.
///
/// `sizes` says how many possible answers each thing has, `tables` what each leaf is for them, and `view` what the answer
/// is while some leaves are unknown.
pub(super) fn depends(
    sizes: &[usize],
    tables: Vec<Table>,
    budget: &mut Budget,
    view: &mut dyn FnMut(&[Truth]) -> View,
) -> Option<Vec<bool>> {
    let mut diagram = Diagram {
        sizes,
        budget,
        view,
        interned: HashMap::new(),
        tables: Vec::new(),
        restricted: HashMap::new(),
        states: HashMap::new(),
        nodes: HashMap::new(),
        found: vec![false; sizes.len()],
    };
    let root: Vec<usize> = tables.into_iter().map(|table| diagram.intern(table)).collect();
    diagram.build(root)?;
    Some(diagram.found)
}

/// What is left to decide: the tables of the leaves that are unknown and live, and the residue of the others.
type State = (Vec<Option<usize>>, Vec<u32>);

/// A node of the diagram: the same number, the same function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    /// An answer.
    Status(u64),
    /// Index in the order of making.
    Branch(usize),
}

struct Diagram<'a> {
    sizes: &'a [usize],
    budget: &'a mut Budget,
    view: &'a mut dyn FnMut(&[Truth]) -> View,
    interned: HashMap<Table, usize>,
    tables: Vec<Table>,
    restricted: HashMap<(usize, usize, usize), usize>,
    states: HashMap<State, Node>,
    nodes: HashMap<(usize, Vec<Node>), Node>,
    found: Vec<bool>,
}

impl Diagram<'_> {
    /// The node of the function that is left when the leaves are these tables. Recursion is as deep as there are things.
    fn build(&mut self, leaves: Vec<usize>) -> Option<Node> {
        self.budget.looks = self.budget.looks.checked_sub(leaves.len() as u64 + 1)?;
        let values: Vec<Truth> = leaves.iter().map(|leaf| self.constant(*leaf).unwrap_or(Truth::Unknown)).collect();
        let view = (self.view)(&values);
        if view.settled {
            return Some(Node::Status(view.status));
        }
        let open = leaves.iter().zip(&values).zip(view.live).map(|((leaf, value), is_live)| {
            if is_live && !value.is_known() && self.constant(*leaf).is_none() { Some(*leaf) } else { None }
        });
        let state: State = (open.collect(), view.residue);
        let things = state.0.iter().flatten().filter_map(|leaf| self.tables.get(*leaf)?.things.first().copied());
        let Some(thing) = things.min() else { return Some(Node::Status(view.status)) };
        if let Some(node) = self.states.get(&state) {
            return Some(*node);
        }
        if self.states.len() >= self.budget.states {
            return None;
        }
        let mut children = Vec::new();
        for answer in 0..self.sizes.get(thing).copied().unwrap_or(0) {
            let next = leaves.iter().map(|leaf| self.restrict(*leaf, thing, answer)).collect();
            children.push(self.build(next)?);
        }
        let node = self.node(thing, children);
        self.states.insert(state, node);
        Some(node)
    }

    fn node(&mut self, thing: usize, children: Vec<Node>) -> Node {
        if let Some(first) = children.first().filter(|first| children.iter().all(|child| child == *first)) {
            return *first;
        }
        if let Some(found) = self.found.get_mut(thing) {
            *found = true;
        }
        let next = Node::Branch(self.nodes.len());
        *self.nodes.entry((thing, children)).or_insert(next)
    }

    fn constant(&self, table: usize) -> Option<Truth> {
        let table = self.tables.get(table)?;
        if table.things.is_empty() { table.answers.first().copied() } else { None }
    }

    fn intern(&mut self, table: Table) -> usize {
        let table = table.reduced(self.sizes);
        if let Some(index) = self.interned.get(&table) {
            return *index;
        }
        let index = self.tables.len();
        self.tables.push(table.clone());
        self.interned.insert(table, index);
        index
    }

    fn restrict(&mut self, table: usize, thing: usize, answer: usize) -> usize {
        if self.tables.get(table).is_none_or(|table| !table.things.contains(&thing)) {
            return table;
        }
        if let Some(index) = self.restricted.get(&(table, thing, answer)) {
            return *index;
        }
        let restricted = self.tables.get(table).and_then(|table| table.restrict(thing, answer, self.sizes));
        let index = restricted.map_or(table, |restricted| self.intern(restricted));
        self.restricted.insert((table, thing, answer), index);
        index
    }
}

impl Table {
    /// `things` ascending; `answers` with the last thing varying fastest.
    pub(super) fn new(things: Vec<usize>, answers: Vec<Truth>) -> Table {
        Table { things, answers }
    }

    /// Without the things that make no difference.
    fn reduced(mut self, sizes: &[usize]) -> Table {
        let mut at = 0;
        while let Some(thing) = self.things.get(at).copied() {
            let size = sizes.get(thing).copied().unwrap_or(0);
            let first = self.restrict(thing, 0, sizes);
            let same = (1..size).all(|answer| self.restrict(thing, answer, sizes) == first);
            match first {
                Some(first) if same => self = first,
                Some(_) | None => at += 1,
            }
        }
        self
    }

    /// With only these answers of a thing, ascending.
    pub(super) fn keep(&mut self, thing: usize, answers: &[usize], sizes: &[usize]) {
        let (Some(at), Some(size)) = (self.things.iter().position(|own| *own == thing), sizes.get(thing)) else {
            return;
        };
        let inner: usize = self.things.iter().skip(at + 1).filter_map(|thing| sizes.get(*thing)).product();
        let mut index = 0;
        self.answers.retain(|_| {
            index += 1;
            answers.contains(&((index - 1) / inner.max(1) % (*size).max(1)))
        });
    }

    /// With that answer filled in; `None` when it does not look at the thing.
    pub(super) fn restrict(&self, thing: usize, answer: usize, sizes: &[usize]) -> Option<Table> {
        let at = self.things.iter().position(|own| *own == thing)?;
        let size = sizes.get(thing).copied()?;
        let inner: usize = self.things.iter().skip(at + 1).filter_map(|thing| sizes.get(*thing)).product();
        let kept = |index: &usize| index / inner % size == answer;
        let answers = self.answers.iter().enumerate().filter(|(index, _)| kept(index)).map(|(_, t)| *t).collect();
        let things = self.things.iter().copied().filter(|own| *own != thing).collect();
        Some(Table { things, answers })
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Table, View, depends};
    use crate::value::Truth;

    const BUDGET: Budget = Budget { states: 20_000, looks: 1_000_000 };

    fn view(answer: Truth, leaves: usize) -> View {
        View { status: answer as u64, settled: answer.is_known(), live: vec![true; leaves], residue: Vec::new() }
    }

    #[test]
    fn sees_through_a_condition_and_its_opposite() {
        use Truth::{False, True};
        let x = Table::new(vec![0], vec![False, True]);
        let not_x = Table::new(vec![0], vec![True, False]);
        let y = Table::new(vec![1], vec![False, True]);
        let both = |v: &[Truth]| match v {
            [a, b, c] => a.or(*b).and(*c),
            _ => Truth::Unknown,
        };
        let found = depends(&[2, 2], vec![x, not_x, y], &mut BUDGET.clone(), &mut |v| view(both(v), 3));
        assert_eq!(found, Some(vec![false, true]));
    }

    #[test]
    fn joint_tables_are_filled_in_one_after_the_other() {
        // One leaf: the first is at least the second, three answers each; the other two things do not matter.
        let answers = (0..9).map(|i| Truth::from(i / 3 >= i % 3)).collect();
        let found = depends(&[2, 3, 3, 2], vec![Table::new(vec![1, 2], answers)], &mut BUDGET.clone(), &mut |v| {
            view(v.first().copied().unwrap_or(Truth::Unknown), 1)
        });
        assert_eq!(found, Some(vec![false, true, true, false]));
    }

    #[test]
    fn at_least_half_of_forty_is_small_for_what_is_left_to_find() {
        let tables: Vec<Table> =
            (0..40).map(|thing| Table::new(vec![thing], vec![Truth::False, Truth::True])).collect();
        let half = |v: &[Truth]| {
            let count = |truth| v.iter().filter(|leaf| **leaf == truth).count();
            let answer = Truth::from_bounds(count(Truth::True) >= 20, count(Truth::False) > 20);
            View { residue: vec![u32::try_from(count(Truth::True)).unwrap_or(u32::MAX)], ..view(answer, 40) }
        };
        let found = depends(&[2; 40], tables.clone(), &mut Budget { states: 500, ..BUDGET }, &mut |v| half(v));
        assert_eq!(found, Some(vec![true; 40]));
        assert_eq!(depends(&[2; 40], tables, &mut Budget { states: 100, ..BUDGET }, &mut |v| half(v)), None);
    }
}
