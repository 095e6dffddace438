//! Work over several cores where the feature `rayon` is on, else one after the other. The order is the same either way.

/// Does each piece of work.
#[cfg(feature = "rayon")]
pub(crate) fn each<T: Send, R: Send>(pieces: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};
    if pieces.len() < 2 {
        return pieces.into_iter().map(work).collect();
    }
    pieces.into_par_iter().map(work).collect()
}

/// Does each piece of work.
#[cfg(not(feature = "rayon"))]
pub(crate) fn each<T, R>(pieces: Vec<T>, work: impl Fn(T) -> R) -> Vec<R> {
    pieces.into_iter().map(work).collect()
}

/// How many pieces of work are done at a time.
pub(crate) fn count() -> usize {
    #[cfg(feature = "rayon")]
    let count = rayon::current_num_threads();
    #[cfg(not(feature = "rayon"))]
    let count = 1;
    count
}
