/**
 * A mistake in the setup: its cause, and the line that corrects it. The page's console, the handler's responses, its `onEvent`
 * and the command line use the same texts.
 */
export interface SetupProblem {
  readonly cause: string;
  readonly fix: string;
}

/** Writes a mistake in the setup as one sentence. */
export const describeProblem = ({ cause, fix }: SetupProblem): string => `${cause}: ${fix}`;

/** Middleware has read the body of a request. */
export const BODY_READ_BEFORE: SetupProblem = {
  cause: 'something read the body before the handler',
  fix:
    'mount the handler before express.json() and any other body parser, or let the parser keep the bytes: ' +
    'express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }), ' +
    'in Nest NestFactory.create(AppModule, { rawBody: true }), in Koa bodyParser({ patchNode: true })',
};

/** A webhook was signed with another secret. `variable` is the environment variable that holds the right one. */
export const wrongSecret = (variable = 'HSA_WEBHOOK_SECRET'): SetupProblem => ({
  cause: 'its secret is not webhookSecret',
  fix: `give the handler the secret that the provider signs with: webhookSecret: process.env.${variable}`,
});

/** The clocks of two machines differ too much, so the handler refuses the time in a webhook's signature. */
export const CLOCKS_APART: SetupProblem = {
  cause: 'the clocks are too far apart',
  fix: 'set them by NTP: timedatectl set-ntp true',
};

/** The request comes from a page on another origin, or on the same one in a browser that sends no `Sec-Fetch-Site`. */
export const originNotListed = (origin: string): SetupProblem => ({
  cause: `${origin} is not in origins`,
  fix: `if it is your shop's, give the handler origins: ['${origin}']`,
});

/** A request has neither `Sec-Fetch-Site` nor `Origin`: it is not from a browser, or a proxy removed the headers. */
export const CALLER_UNKNOWN: SetupProblem = {
  cause: 'neither Sec-Fetch-Site nor Origin came with it',
  fix:
    "send both, from curl with -H 'Sec-Fetch-Site: same-origin', and let both through every proxy, as in nginx: " +
    'proxy_set_header Sec-Fetch-Site $http_sec_fetch_site;',
};

/** A request to the endpoint, or to a route below it, got an HTML page or another server's 404. `path` is the endpoint's path. */
export const notMounted = (path: string): SetupProblem => ({
  cause: 'it does not reach the handler',
  fix: `mount the handler at ${path} and all paths below, for every method, before any page`,
});

/** The host of a payment page is not in the list of the page or of the handler. `line` is the line of code that adds it. */
export const hostNotListed = (line: string): SetupProblem => ({
  cause: 'the host of checkout_url is not allowed',
  fix: `if it is your provider's, write ${line}`,
});

/** No connection to `host` could be opened. */
export const nothingListens = (host: string): SetupProblem => ({
  cause: `nothing listens at ${host}`,
  fix: 'start the server, and check the port',
});
