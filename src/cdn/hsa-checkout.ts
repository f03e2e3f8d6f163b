/** The script-tag file: it registers the button and the badge, and exports nothing. */
import '../index.js';
