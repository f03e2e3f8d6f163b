import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/*
 * Simulates AWS in front of a function: `tsx lambda.ts PORT FILE PAYLOAD` converts each HTTP request to an event for the file's
 * `handler`, and the result to a response. PAYLOAD is `url` for a function URL or `api` for an HTTP API of API Gateway with a stage, both of the
 * format 2.0, or `rest` for a REST API, of the format 1.0.
 */

interface Result {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
}

const [port, file, payload] = process.argv.slice(2) as [string, string, 'url' | 'api' | 'rest'];
const { handler } = (await import(pathToFileURL(file).href)) as {
  handler(event: object, context: object): Promise<Result>;
};
const HOSTS = {
  url: 'abcdefghij.lambda-url.us-east-1.on.aws',
  api: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
  rest: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
};
/** A stage of API Gateway is the first segment of its paths. */
const STAGE = { url: '', api: '/shop', rest: '' };
const TIME = { time: '30/Nov/2026:12:00:00 +0000', timeEpoch: Date.UTC(2026, 10, 30, 12) };

/** An event in the format 2.0: headers with joined values, and cookies in their own list. */
function eventOf(
  method: string,
  url: URL,
  headers: Record<string, string>,
  body: string | undefined,
): object {
  const { cookie, ...others } = headers;
  const rawPath = STAGE[payload] + url.pathname;
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: others,
    ...(url.search ? { queryStringParameters: Object.fromEntries(url.searchParams) } : {}),
    requestContext: {
      ...{ accountId: 'anonymous', apiId: 'abcdefghij', domainPrefix: 'abcdefghij', http, ...TIME },
      ...{ domainName: HOSTS[payload], requestId: 'c6af9ac6', routeKey: '$default' },
      stage: STAGE[payload].slice(1) || '$default',
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: body !== undefined,
  };
}

/** An event in the format 1.0: every header and parameter twice, once with all its values. */
function restEventOf(
  method: string,
  url: URL,
  headers: Record<string, string>,
  body: string | undefined,
): object {
  const many = (of: Record<string, string>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, [value]]));
  const parameters = Object.fromEntries(url.searchParams);
  return {
    ...{ resource: '/{proxy+}', path: url.pathname, httpMethod: method },
    ...{ headers, multiValueHeaders: many(headers) },
    queryStringParameters: url.search ? parameters : null,
    multiValueQueryStringParameters: url.search ? many(parameters) : null,
    requestContext: {
      ...{ accountId: '123456789012', apiId: 'abcdefghij', httpMethod: method, protocol: 'HTTP/1.1' },
      ...{ domainName: HOSTS.rest, path: `/shop${url.pathname}`, requestId: 'c6af9ac6', stage: 'shop' },
      identity: { sourceIp: '203.0.113.7', userAgent: 'test' },
    },
    body: body ?? null,
    isBase64Encoded: body !== undefined,
  };
}

const server = createServer((request, response) => {
  const answer = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    headers['host'] = HOSTS[payload];
    const url = new URL(request.url!, `https://${HOSTS[payload]}`);
    // AWS may encode any body in base64, and always does for a type that is not text.
    const body = bytes.length ? bytes.toString('base64') : undefined;
    const event = (payload === 'rest' ? restEventOf : eventOf)(request.method!, url, headers, body);
    const result = await handler(event, { awsRequestId: 'c6af9ac6', functionName: 'shop' });
    for (const [name, value] of Object.entries(result.headers ?? result.multiValueHeaders ?? {}))
      response.setHeader(name, value);
    if (result.cookies) response.setHeader('set-cookie', result.cookies);
    response.statusCode = result.statusCode;
    response.end(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'));
  };
  answer().catch((error: unknown) => response.destroy(error as Error));
});
server.listen(Number(port), '127.0.0.1');
