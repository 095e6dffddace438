//! Puts things after what they need, and finds what needs itself. Keeps its own stack: chains may be long.

/// What came out of ordering `0..count`.
pub(super) struct Order {
    /// Every index once, after those it needs; a need that closes a ring is left out.
    pub(super) sorted: Vec<usize>,
    /// Rings, each in the order of needing; no index is in two of them.
    pub(super) rings: Vec<Vec<usize>>,
}

/// Orders `0..needs.len()`; `needs[i]` lists what `i` comes after.
pub(super) fn order(needs: &[Vec<usize>]) -> Order {
    let mut walk = Walk {
        state: vec![State::New; needs.len()],
        in_ring: vec![State::New; needs.len()],
        order: Order { sorted: Vec::with_capacity(needs.len()), rings: Vec::new() },
    };
    for start in 0..needs.len() {
        walk.from(start, needs);
    }
    walk.order
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk {
    state: Vec<State>,
    in_ring: Vec<State>,
    order: Order,
}

impl Walk {
    fn state_of(&self, index: usize) -> State {
        self.state.get(index).copied().unwrap_or(State::Done)
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(slot) = self.state.get_mut(index) {
            *slot = state;
        }
    }

    fn from(&mut self, start: usize, needs: &[Vec<usize>]) {
        if self.state_of(start) != State::New {
            return;
        }
        self.set(start, State::Open);
        let mut stack = vec![(start, 0_usize)];
        while let Some((index, next)) = stack.last_mut() {
            let index = *index;
            let Some(need) = needs.get(index).and_then(|needs| needs.get(*next)).copied() else {
                self.set(index, State::Done);
                self.order.sorted.push(index);
                stack.pop();
                continue;
            };
            *next += 1;
            match self.state_of(need) {
                State::New => {
                    self.set(need, State::Open);
                    stack.push((need, 0));
                }
                State::Open => self.ring(need, &stack),
                State::Done => {}
            }
        }
    }

    /// The ring that closes at `first`, which is on the stack; kept when none of it is in a ring yet.
    fn ring(&mut self, first: usize, stack: &[(usize, usize)]) {
        let Some(at) = stack.iter().rposition(|(index, _)| *index == first) else { return };
        let ring: Vec<usize> = stack.iter().skip(at).map(|(index, _)| *index).collect();
        if ring.iter().any(|index| self.in_ring.get(*index) == Some(&State::Done)) {
            return;
        }
        for index in &ring {
            if let Some(slot) = self.in_ring.get_mut(*index) {
                *slot = State::Done;
            }
        }
        self.order.rings.push(ring);
    }
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn long_chains_and_rings() {
        let mut needs: Vec<Vec<usize>> = (1..100_000).map(|next| vec![next]).collect();
        needs.push(vec![]);
        assert_eq!(order(&needs).sorted.first(), Some(&99_999));
        let found = order(&[vec![1], vec![2], vec![0], vec![3], vec![0]]);
        assert_eq!(found.rings, [vec![0, 1, 2], vec![3]]);
        assert_eq!(found.sorted, [2, 1, 0, 3, 4]);
    }
}
