/** The lines of a big order, with all usual fields. */
export const bigLines = (lines: number) =>
  Array.from({ length: lines }, (_, i) => ({
    product_id: `product-${i}`,
    name: `Product number ${i} with a name of ordinary length`,
    image_url: `https://shop.example/images/product-${i}.jpg`,
    price: 1999 + i,
    quantity: 1 + (i % 9),
    currency: 'USD',
    hsa_fsa_eligible: i % 2 === 0,
  }));
