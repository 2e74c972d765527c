/**
 * Moments: date-times as a person's wall clock showed them, kept as RFC 9557 text. Twin: server/moments.py.
 *
 * `2026-11-22T18:03:00+01:00[Europe/Madrid]` carries the offset, so that showing it needs no zone database.
 * @import { Words } from "./words.js"
 */

import { fill } from "./words.js";

const TEXT =
  /^((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})(?:\[([A-Za-z0-9_+/-]{1,64})\])?$/;
const WALL = /^((?:19|20|21)[0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?$/;
// A place by its area, or one of the short names that browsers give; each host knows more of those than the other.
const ZONE = /^(?:UTC|GMT|[CEMW]ET|[EHM]ST|[A-Z][A-Za-z]*(?:\/[A-Za-z0-9]+(?:[_+-][A-Za-z0-9]+)*)+)$/;
const DAY = 24 * 60 * 60 * 1000; // ms

/**
 * A parsed moment: the wall clock's parts, the IANA zone or "", and the instant in ms since the epoch.
 * @typedef {{year: number, month: number, day: number, hour: number, minute: number, zone: string, ms: number}} Moment
 */

/**
 * The moment that the text tells, or null when it tells none.
 * @param {unknown} text
 * @returns {Moment | null}
 */
export function parse(text) {
  const found = typeof text === "string" ? TEXT.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = numbers(found.slice(1, 7));
  const clock = utc(year, month, day, hour, minute, second);
  const offset = offsetMinutes(found[7]);
  if (clock === null || offset === null) return null;
  return { year, month, day, hour, minute, zone: found[8] ?? "", ms: clock - offset * 60_000 };
}

/**
 * The moment at which clocks in `zone` showed `wall` (YYYY-MM-DDTHH:MM); null when no clock ever could.
 *
 * A wall time that came twice (clocks went back) is taken as the first; one that was skipped keeps the offset
 * from before the change (PEP 495, fold=0).
 * @param {string} wall
 * @param {string} zone
 */
export function atWall(wall, zone) {
  const found = WALL.exec(wall);
  if (!found) return null;
  const [year, month, day, hour, minute] = numbers(found.slice(1, 6));
  const clock = utc(year, month, day, hour, minute, 0);
  return clock === null ? null : textOf(clock, offsetAtWall(clock, zone), zone);
}

/**
 * The moment `now` (ms since the epoch) on clocks in `zone`.
 * @param {number} now
 * @param {string} zone
 */
export function nowIn(now, zone) {
  const second = Math.floor(now / 1000) * 1000;
  const offset = offsetAt(second, zone);
  return textOf(second + offset, offset, zone);
}

/**
 * What a date-time input shows for the moment, YYYY-MM-DDTHH:MM; "" when there is none.
 * @param {unknown} text
 */
export function wall(text) {
  const moment = parse(text);
  if (!moment) return "";
  return `${moment.year}-${two(moment.month)}-${two(moment.day)}T${two(moment.hour)}:${two(moment.minute)}`;
}

/**
 * The moment as a person reads it, in their language; "" when there is none.
 * @param {unknown} text
 * @param {Words} words
 */
export function show(text, words) {
  const moment = parse(text);
  if (!moment) return "";
  const { months, pattern } = words.dates;
  return fill(pattern, {
    day: String(moment.day),
    month: months[moment.month - 1],
    year: String(moment.year),
    time: timeText(moment, words),
  });
}

/**
 * What the clock showed, as their language reads it: {hour} of 24, or {hour12} with its {half} of the day.
 * @param {Moment} moment
 * @param {Words} words
 */
export function timeText({ hour, minute }, { dates }) {
  const [hour12, half] = [String(((hour + 11) % 12) + 1), dates.halves[Math.floor(hour / 12)]];
  return fill(dates.time, { hour: two(hour), hour12, half, minute: two(minute) });
}

/**
 * The moment as HTML's <time> takes it, without the name of its zone; "" when there is none.
 * @param {unknown} text
 */
export function stamp(text) {
  return typeof text === "string" && parse(text) ? text.split("[", 1)[0] : "";
}

/**
 * Whether clocks can be set by this zone's name.
 * @param {string} zone
 */
export function knownZone(zone) {
  return clockIn(zone) !== null;
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * What shows the wall clock of a zone, null when there is no such zone.
 * @param {string} zone
 */
function clockIn(zone) {
  const known = clocks.get(zone);
  if (known) return known;
  const made = ZONE.test(zone) && zone.length <= 64 ? makeClock(zone) : null;
  if (made) clocks.set(zone, made);
  return made;
}

/** @param {string} zone */
function makeClock(zone) {
  try {
    const digits = "2-digit";
    const date = /** @type {const} */ ({ year: "numeric", month: digits, day: digits });
    const time = /** @type {const} */ ({ hour: digits, minute: digits, second: digits, hourCycle: "h23" });
    const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...date, ...time });
    const name = made.resolvedOptions().timeZone;
    // A link comes back as the zone that it leads to; a name that differs by case only is none on the server.
    return name !== zone && name.toLowerCase() === zone.toLowerCase() ? null : made;
  } catch {
    return null;
  }
}

/**
 * @param {number} clock the wall clock, as if it were UTC
 * @param {number} offset ms
 * @param {string} zone
 */
function textOf(clock, offset, zone) {
  const minutes = Math.floor((offset + 30_000) / 60_000); // some offsets of before 1972 had seconds
  const [sign, size] = minutes < 0 ? ["-", -minutes] : ["+", minutes];
  const name = knownZone(zone) ? zone : "UTC";
  const shown = new Date(clock).toISOString().slice(0, 19);
  return `${shown}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}[${name}]`;
}

/**
 * The offset, in ms, when clocks in the zone showed this: the one from before a change as long as it can hold.
 * @param {number} clock
 * @param {string} zone
 */
function offsetAtWall(clock, zone) {
  const before = offsetAt(clock - DAY, zone); // no offset is as large as a day
  const after = offsetAt(clock + DAY, zone);
  const holds = (/** @type {number} */ offset) => offsetAt(clock - offset, zone) === offset;
  return before !== after && !holds(before) && holds(after) ? after : before;
}

/**
 * @param {number} ms
 * @param {string} zone
 */
function offsetAt(ms, zone) {
  const clock = clockIn(zone);
  if (!clock) return 0;
  const shown = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (/** @type {Intl.DateTimeFormatPartTypes} */ type) => shown.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - ms;
}

/** @param {string} offset */
function offsetMinutes(offset) {
  if (offset === "Z") return 0;
  const [hours, minutes] = numbers([offset.slice(1, 3), offset.slice(4, 6)]);
  if (hours > 23 || minutes > 59) return null;
  return (hours * 60 + minutes) * (offset[0] === "-" ? -1 : 1);
}

/**
 * The instant at which UTC clocks show these parts, null when none ever will.
 * @param {number} year
 * @param {number} month
 * @param {number} day
 * @param {number} hour
 * @param {number} minute
 * @param {number} second
 */
function utc(year, month, day, hour, minute, second) {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const kept = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  return new Date(ms).toISOString().startsWith(kept) ? ms : null;
}

/** @param {string[]} texts */
const numbers = texts => texts.map(Number);

/** @param {number} number */
const two = number => String(number).padStart(2, "0");
