/** What runs in a page: each part watches its own piece of it. */

import { showAge } from "./age.js";
import { showArrival } from "./arriving.js";
import { keepDrafts } from "./drafts.js";
import { offerExamples } from "./examples.js";
import { moveFocus } from "./focus.js";
import { offerGrounding } from "./ground.js";
import { runGuides } from "./guide.js";
import { keepPlace } from "./history.js";
import { offerInstall } from "./install.js";
import { listenForChanges } from "./live.js";
import { fillZones } from "./moment.js";
import { askToPersist, showLasting } from "./persist.js";
import { refreshOnChange } from "./refresh.js";
import { registerWorker } from "./register.js";
import { pageScreens } from "./screens.js";
import { linkSliders } from "./sliders.js";
import { keepUnkept } from "./unkept.js";

keepDrafts();
pageScreens();
offerExamples();
offerGrounding();
linkSliders();
runGuides();
fillZones();
moveFocus();
keepPlace();
offerInstall();
askToPersist();
showLasting();
showAge();
refreshOnChange();
showArrival();
listenForChanges();
keepUnkept();
registerWorker();
