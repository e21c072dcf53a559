const VERSION = 1;
const PATIENCE_MILLIS = 10_000;

/** The service answered, but not with figures. */
export class Refused extends Error {}

async function get(url, signal) {
  const response = await fetch(url, { signal, cache: "no-store", headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Refused(`The service answers ${response.status}`);
  }
  const answer = await response.json();
  if (answer.version !== VERSION) {
    throw new Refused(`The service speaks version ${answer.version} and this page ${VERSION}: reload it`);
  }
  return answer;
}

/** Asks for all that the page shows. */
export async function ask(api) {
  const signal = AbortSignal.timeout(PATIENCE_MILLIS);
  const [now, history] = await Promise.all([get(api, signal), get(`${api}/history`, signal)]);
  return { now, history };
}
