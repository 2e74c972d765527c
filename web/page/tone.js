/** A soft tone that glides, for eyes that are closed. */

const LOUDEST = 0.07; // of full volume
const [RISE, FALL] = [0.15, 0.3]; // of the tone's length

/** @type {AudioContext | null} */
let context = null;
/** @type {OscillatorNode | null} */
let sounding = null;

/**
 * @param {{from: number, to: number, seconds: number}} tone Hz and seconds
 */
export function sound({ from, to, seconds }) {
  hush();
  context ??= new AudioContext();
  context.resume(); // where the browser had it wait for a tap
  const [start, end] = [context.currentTime, context.currentTime + seconds];
  const [tone, volume] = [new OscillatorNode(context, { frequency: from }), new GainNode(context, { gain: 0 })];
  tone.frequency.linearRampToValueAtTime(to, end);
  volume.gain.linearRampToValueAtTime(LOUDEST, start + RISE * seconds);
  volume.gain.setValueAtTime(LOUDEST, end - FALL * seconds);
  volume.gain.linearRampToValueAtTime(0, end);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(end);
  sounding = tone;
}

export function hush() {
  sounding?.stop();
  sounding = null;
}
