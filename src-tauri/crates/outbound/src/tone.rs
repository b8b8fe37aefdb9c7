//! The bundled sound, made of numbers.
//!
//! Owns: what it sounds like, and its file's bytes. Must not know: who plays it.

use std::f64::consts::TAU;

/// Samples a second: enough for its tones, and plain for every player.
const RATE_HZ: u32 = 22_050;
/// The tones, in turn: a falling fourth, twice, which no desktop uses for a message.
const TONES_HZ: [f64; 4] = [880.0, 659.3, 880.0, 659.3];
/// How long each is.
const TONE_S: f64 = 0.22;
/// How long a tone takes to come and to go; without it there is a click.
const EDGE_S: f64 = 0.015;
/// How loud it is, of 1.
const LOUDNESS: f64 = 0.6;

/// A WAV file: one channel, 16 bits a sample.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a float becomes a sample: there is no other way, and a cast stays within its bounds"
)]
pub(crate) fn wav() -> Vec<u8> {
    let rate = f64::from(RATE_HZ);
    let tone_samples = (TONE_S * rate) as u32;
    let mut samples: Vec<u8> = Vec::new();
    for tone in TONES_HZ {
        for at in 0..tone_samples {
            let time = f64::from(at) / rate;
            let edge = (time.min(TONE_S - time) / EDGE_S).clamp(0.0, 1.0);
            // A little of the octave makes it carry through a laptop's speaker.
            let wave = 0.8 * (TAU * tone * time).sin() + 0.2 * (2.0 * TAU * tone * time).sin();
            let sample = (wave * edge * LOUDNESS * f64::from(i16::MAX)) as i16;
            samples.extend(sample.to_le_bytes());
        }
    }
    let length = u32::try_from(samples.len()).unwrap_or_default();
    let mut file: Vec<u8> = Vec::with_capacity(samples.len() + 44);
    file.extend(b"RIFF");
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // Plain samples, one channel.
    file.extend([1, 0, 1, 0]);
    file.extend(RATE_HZ.to_le_bytes());
    file.extend((RATE_HZ * 2).to_le_bytes());
    // Two bytes a sample, of 16 bits.
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(samples);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_short_wav_that_is_not_silent() {
        let file = wav();
        assert!(file.len() < 50_000, "{} bytes", file.len());
        assert_eq!((&file[..4], &file[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
        let length = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes")) as usize;
        assert_eq!((length(4), length(40)), (file.len() - 8, file.len() - 44));
        let samples: Vec<i16> = file[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max();
        assert!(loudest > Some(10_000) && loudest < Some(32_767), "{loudest:?}");
    }
}
