// The alarm that the window sounds where nothing else on the machine can: two tones, made here, timed by the sound card.

const TONES_HZ = [880, 660];
const TONE_S = 0.28;
const GAP_S = 0.06;
const LOUDNESS = 0.3;
/** A tone that begins or ends at once clicks. */
const RAMP_S = 0.02;

export function soundAlarm(): void {
  const context = new AudioContext();
  // Without sound the alarm is still seen and said; where nothing can be heard nothing more can be done here.
  void context.resume().catch(() => undefined);
  const ends = TONES_HZ.map((frequency_hz, index) => {
    const from_s = context.currentTime + index * (TONE_S + GAP_S);
    return tone(context, frequency_hz, from_s);
  });
  ends.at(-1)?.addEventListener("ended", () => void context.close().catch(() => undefined));
}

function tone(context: AudioContext, frequency_hz: number, from_s: number): OscillatorNode {
  const until_s = from_s + TONE_S;
  const loudness = context.createGain();
  loudness.gain.setValueAtTime(0, from_s);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, from_s + RAMP_S);
  loudness.gain.setValueAtTime(LOUDNESS, until_s - RAMP_S);
  loudness.gain.linearRampToValueAtTime(0, until_s);
  loudness.connect(context.destination);
  const oscillator = context.createOscillator();
  oscillator.type = "square";
  oscillator.frequency.value = frequency_hz;
  oscillator.connect(loudness);
  oscillator.start(from_s);
  oscillator.stop(until_s);
  return oscillator;
}
