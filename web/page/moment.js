/** A moment's time zone: the one that this device is in. */

import { onContents } from "./contents.js";

export function fillZones() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  onContents(() => {
    for (const zone of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=zone]"))) {
      zone.value ||= timeZone ?? "";
    }
  });
}
