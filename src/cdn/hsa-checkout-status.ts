/** The script-tag file of the return page: it registers the status element, and exports nothing. */
import '../lit-globals.js';
import './share-lit.js';
import '../status.js';
