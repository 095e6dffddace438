//! Kleene's laws, of the library's truth.

use proptest::prelude::*;
use riktlinje::Truth;

fn truth() -> impl Strategy<Value = Truth> {
    prop_oneof![Just(Truth::False), Just(Truth::Unknown), Just(Truth::True)]
}

proptest! {
    #[test]
    fn kleene(a in truth(), b in truth(), c in truth()) {
        prop_assert_eq!(a.and(b), b.and(a));
        prop_assert_eq!(a.or(b), b.or(a));
        prop_assert_eq!(a.and(b.and(c)), a.and(b).and(c));
        prop_assert_eq!(a.or(b.or(c)), a.or(b).or(c));
        prop_assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
        prop_assert_eq!(a.or(b.and(c)), a.or(b).and(a.or(c)));
        prop_assert_eq!(a.and(a.or(b)), a);
        prop_assert_eq!(a.or(a.and(b)), a);
        prop_assert_eq!(!a.and(b), (!a).or(!b));
        prop_assert_eq!(!!a, a);
        prop_assert_eq!(a.and(Truth::True), a);
        prop_assert_eq!(a.or(Truth::False), a);
        // No law of the excluded middle: it would be more than what is known.
        prop_assert_eq!(Truth::Unknown.or(!Truth::Unknown), Truth::Unknown);
        // What holds for a known answer holds for every way that an unknown one can turn out.
        for known in [Truth::True, Truth::False] {
            if a == Truth::Unknown && a.and(b).is_known() {
                prop_assert_eq!(a.and(b), known.and(b));
            }
        }
    }
}
