import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments, UsageError } from '../../src/cli/arguments.js';

const ENDPOINT = 'https://shop.example/api/hsa-checkout';

describe('the command line', () => {
  it('drops the query and the fragment of an endpoint', () => {
    assert.deepEqual(readArguments(['doctor', `${ENDPOINT}?a=1#b`]), {
      command: 'doctor',
      endpoint: ENDPOINT,
    });
  });

  it('takes options before or after the endpoint, with a space or an equals sign', () => {
    const expected = {
      command: 'doctor',
      endpoint: ENDPOINT,
      origin: 'https://www.shop.example',
      mode: 'live',
      secretName: 'MY_SECRET',
    };
    for (const argv of [
      [
        'doctor',
        ENDPOINT,
        '--origin',
        'https://www.shop.example/',
        '--mode',
        'live',
        '--webhook-secret-env',
        'MY_SECRET',
      ],
      [
        '--webhook-secret-env=MY_SECRET',
        'doctor',
        '--mode=live',
        '--origin=https://www.shop.example',
        ENDPOINT,
      ],
    ])
      assert.deepEqual(readArguments(argv), expected);
  });

  it('takes the folder to copy to, with --shopify before or after it', () => {
    assert.deepEqual(readArguments(['copy', 'web/public']), {
      command: 'copy',
      folder: 'web/public',
      isExtension: false,
    });
    for (const argv of [
      ['copy', '--shopify', 'extensions/hsa'],
      ['copy', 'extensions/hsa', '--shopify'],
    ])
      assert.deepEqual(readArguments(argv), { command: 'copy', folder: 'extensions/hsa', isExtension: true });
  });

  it('prints its help for --help and -h, whatever else is written', () => {
    for (const argv of [['--help'], ['doctor', '-h'], ['copy', '--mode', '--help']])
      assert.deepEqual(readArguments(argv), { command: 'help' });
  });

  const refused: [argv: string[], message: RegExp][] = [
    [[], /the commands are copy and doctor/],
    [['nurse', ENDPOINT], /the commands are copy and doctor/],
    [['copy', '--shopify'], /copy takes one folder/],
    [['copy'], /copy takes one folder/],
    [['copy', 'public', 'static'], /copy takes one folder/],
    [['copy', 'public', '--mode', 'test'], /copy takes one folder/],
    [['doctor'], /one endpoint/],
    [['doctor', ENDPOINT, ENDPOINT], /one endpoint/],
    [['doctor', 'shop.example/api'], /the endpoint must be a whole address/],
    [['doctor', '/api/hsa-checkout'], /the endpoint must be a whole address/],
    [['doctor', 'ftp://shop.example/'], /the endpoint must be a whole address/],
    [['doctor', 'https://ada:pw@shop.example/'], /the endpoint must be a whole address/],
    [['doctor', ENDPOINT, '--origin', 'shop.example'], /--origin must be a whole address/],
    [['doctor', ENDPOINT, '--origin'], /--origin needs a value/],
    [['doctor', ENDPOINT, '--origin', '--mode'], /--origin needs a value/],
    [['doctor', ENDPOINT, '--mode', 'prod'], /--mode is test or live/],
    [['doctor', ENDPOINT, '--verbose'], /no such option/],
    [['doctor', ENDPOINT, '-v'], /no such option/],
    [['doctor', ENDPOINT, '--constructor=1'], /no such option/],
    [['doctor', ENDPOINT, '--shopify'], /one endpoint/],
    [['doctor', ENDPOINT, '--mode='], /--mode needs a value/],
    [['copy', 'public', '--shopify=SENTINEL'], /--shopify takes no value/],
    [['--version=SENTINEL'], /--version takes no value/],
    [['doctor', ENDPOINT, '--api-key', 'glm_test_SENTINEL'], /secrets are read from the environment only/],
    [['doctor', ENDPOINT, '--webhook-secret', 'SENTINEL'], /secrets are read from the environment only/],
    [
      ['doctor', ENDPOINT, '--webhook-secret-env', 'SENTINEL+/='],
      /takes the name of an environment variable/,
    ],
  ];
  for (const [argv, message] of refused)
    it(`refuses "${argv.join(' ')}" and repeats nothing that may be a secret`, () => {
      assert.throws(
        () => readArguments(argv),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /SENTINEL|pw/);
          return true;
        },
      );
    });
});
