/* Makes `openShop` of the server's fixtures use Northpay. Import it before the tests. */
process.env['TEST_PROVIDER'] = 'northpay';
