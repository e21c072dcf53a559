export const NO_DATA = "no data";

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB"];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const decimals = [0, 1, 2].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));
const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" });
const smallDollars = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  currencyDisplay: "narrowSymbol",
  maximumSignificantDigits: 2,
});
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minuteClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** Three digits or so, and all of a number's whole part. */
function plain(value) {
  const size = Math.abs(value);
  if (size >= 99.95) {
    return decimals[0].format(value);
  }
  if (size >= 9.995) {
    return decimals[1].format(value);
  }
  return size >= 1 ? decimals[2].format(value) : significant.format(value);
}

function seconds(value) {
  if (value === 0) {
    return "0 s";
  }
  if (value < 0.9995) {
    return `${plain(value * 1000)} ms`;
  }
  return value < MINUTE ? `${plain(value)} s` : span(value);
}

function span(value) {
  if (value < MINUTE) {
    return `${Math.floor(value)} s`;
  }
  if (value < HOUR) {
    return `${Math.floor(value / MINUTE)} min ${Math.floor(value % MINUTE)} s`;
  }
  return value < DAY
    ? `${Math.floor(value / HOUR)} h ${Math.floor((value % HOUR) / MINUTE)} min`
    : `${Math.floor(value / DAY)} d ${Math.floor((value % DAY) / HOUR)} h`;
}

function bytes(value) {
  let unit = 0;
  let rest = value;
  while (rest >= 999.5 && unit < BYTES.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${plain(rest)} ${BYTES[unit]}`;
}

function usd(value) {
  return value !== 0 && Math.abs(value) < 0.1 ? smallDollars.format(value) : dollars.format(value);
}

const kinds = {
  count: (value) => decimals[0].format(value),
  number: plain,
  rate: (value) => `${plain(value)} /s`,
  words: (value) => `${plain(value)} words/s`,
  tokens: (value) => `${plain(value)} tokens/s`,
  ratio: (value) => `${plain(value * 100)} %`,
  complement: (value) => `${decimals[2].format(Math.floor((1 - value) * 10_000 + 1e-6) / 100)} %`, // 100 only if it is all
  cores: (value) => `${plain(value)} cores`,
  stars: (value) => `${plain(value)} of 5`,
  usd,
  usdPerHour: (value) => `${usd(value)} /h`,
  seconds,
  span,
  bytes,
};

const texts = {
  text: (value) => String(value),
  /** ISO 8601, or seconds since 1970. */
  instant: (value) => {
    const instant = new Date(typeof value === "number" ? value * 1000 : value);
    return Number.isNaN(instant.getTime()) ? NO_DATA : date.format(instant);
  },
};

/** A figure with its unit, for people. What is not known says so. */
export function show(kind, value) {
  if (value === null || value === undefined || value === "") {
    return NO_DATA;
  }
  if (texts[kind]) {
    return texts[kind](value);
  }
  return typeof value === "number" && Number.isFinite(value) ? kinds[kind](value) : NO_DATA;
}

/** 20:01:05, where the reader is. */
export function timeOfDay(instant) {
  return clock.format(instant);
}

/** 20:01, where the reader is. */
export function minuteOfDay(epochSeconds) {
  return minuteClock.format(new Date(epochSeconds * 1000));
}
