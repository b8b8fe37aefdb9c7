//! Which sorts of bytes a text holds, seen in one look: whoever needs a sign that a line does not have can leave it at
//! once.

/// The sorts of bytes that a text holds: each sign apart, the digits, the small and the great letters, the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signs(u64);

impl Signs {
    /// Those of a text that was not looked at: it may hold anything.
    pub(crate) const ANY: Self = Self(u64::MAX);

    /// Takes one byte more, and tells of which sort it is.
    pub(crate) fn take(&mut self, byte: u8) -> Self {
        const BITS: [u64; 256] = {
            let mut bits = [0; 256];
            let mut rest = bits.as_mut_slice();
            let mut byte = 0_u8;
            while let Some((bit, behind)) = rest.split_first_mut() {
                *bit = bit_of(byte);
                byte = byte.wrapping_add(1);
                rest = behind;
            }
            bits
        };
        let own = BITS.get(usize::from(byte)).copied().unwrap_or_default();
        self.0 |= own;
        Self(own)
    }

    /// Whether a byte of this sort is of a word, in a text of ASCII.
    pub(crate) const fn is_of_word(self) -> bool {
        self.0 & (bit_of(b'0') | bit_of(b'A') | bit_of(b'a')) != 0
    }

    /// Whether a text may hold a byte; of letters only whether it may hold any of that size, and of digits any.
    pub(crate) const fn has(self, byte: u8) -> bool {
        self.0 & bit_of(byte) != 0
    }

    /// Whether a text may hold one of some bytes.
    pub(crate) fn has_any(self, bytes: &[u8]) -> bool {
        bytes.iter().any(|byte| self.has(*byte))
    }

    /// Whether a text may hold a digit.
    pub(crate) const fn has_digit(self) -> bool {
        self.has(b'0')
    }

    /// Whether a text may hold a character that ASCII does not.
    pub(crate) const fn has_others(self) -> bool {
        self.has(0x80)
    }
}

const fn bit_of(byte: u8) -> u64 {
    let place = match byte {
        b'0'..=b'9' => 0,
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        0x80.. => 3,
        0..=0x1F => 4,
        // The blank and the signs up to the digits, then those between digits and letters, and behind them.
        0x20..=0x2F => byte - 0x20 + 8,
        0x3A..=0x40 => byte - 0x3A + 24,
        0x5B..=0x60 => byte - 0x5B + 32,
        0x7B..=0x7F => byte - 0x7B + 40,
    };
    1 << place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_told_from_all_others() {
        let sort = |byte: u8| match byte {
            b'0'..=b'9' => b'0',
            b'a'..=b'z' => b'a',
            b'A'..=b'Z' => b'A',
            0..=0x1F => 0,
            0x80.. => 0x80,
            sign => sign,
        };
        for byte in 0..=u8::MAX {
            let mut signs = Signs::default();
            signs.take(byte);
            for other in 0..=u8::MAX {
                assert_eq!(signs.has(other), sort(byte) == sort(other), "{byte} {other}");
            }
            assert!(Signs::ANY.has(byte));
        }
    }
}
