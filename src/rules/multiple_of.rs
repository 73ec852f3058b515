//! Numbers that are multiples of others.

/// A type of numbers, for [`multiple_of`](super::Field::multiple_of).
///
/// Rust's integers and floats implement it. Implement it for a decimal type of your own.
pub trait MultipleOf {
    /// Returns whether the number is a multiple of `step`. The only multiple of zero is zero.
    fn is_multiple_of(&self, step: &Self) -> bool;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl MultipleOf for $type {
            fn is_multiple_of(&self, step: &Self) -> bool {
                // The remainder of the smallest number and -1 overflows.
                self.checked_rem(*step).map_or_else(|| *self == 0 || *step != 0, |rest| rest == 0)
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

macro_rules! floats {
    ($($type:ty),*) => {$(
        /// Allows a difference of a billionth, as pydantic does: 0.3 is a multiple of 0.1.
        impl MultipleOf for $type {
            fn is_multiple_of(&self, step: &Self) -> bool {
                let rest = (self % step).abs();
                let tolerance = self.abs() / 1e9;
                // A value that is not finite has no remainder, and is left to other rules.
                !(rest > tolerance && (rest - step.abs()).abs() > tolerance)
            }
        }
    )*};
}

floats!(f32, f64);

#[cfg(test)]
mod tests {
    use super::MultipleOf;

    #[test]
    fn multiples_are_those_of_pydantic() {
        let floats = [
            (0.3, 0.1, true),
            (0.35, 0.1, false),
            (0.1 + 0.2, 0.1, true),
            (-0.3, 0.1, true),
            (-0.3, -0.1, true),
            (1e20, 0.1, true),
            (0.0, 0.5, true),
            (f64::NAN, 0.1, true),
            (f64::INFINITY, 0.1, true),
        ];
        for (value, step, is_multiple) in floats {
            assert_eq!(value.is_multiple_of(&step), is_multiple, "{value} {step}");
        }
        let integers = [
            (10, 5, true),
            (-10, 5, true),
            (3, 5, false),
            (0, 5, true),
            (0, 0, true),
            (1, 0, false),
            (i64::MIN, -1, true),
        ];
        for (value, step, is_multiple) in integers {
            assert_eq!(MultipleOf::is_multiple_of(&value, &step), is_multiple, "{value} {step}");
        }
    }
}
