/** The script-tag file of the return page: it registers the status element, and exports nothing. */
import '../status.js';
